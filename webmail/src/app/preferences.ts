// What this person chose on this machine.
import { effect, signal } from '@preact/signals';
import { browserLanguage, type Language } from '../i18n/words';

const KEY = 'facteur.preferences';

export interface Preferences {
  theme: 'auto' | 'light' | 'dark';
  language: Language | null;
  density: 'comfortable' | 'medium' | 'compact';
  /** Percent. */
  textSize: number;
  /** One row per letter or per exchange; null until it was asked. */
  reading: 'letters' | 'exchanges' | null;
  shortcuts: boolean;
  /** How long a letter waits before it leaves, in seconds. */
  undoSeconds: number;
  darkLetters: boolean;
  /** Always from these, by address. */
  images: string[];
}

const STANDARD: Preferences = {
  theme: 'auto',
  language: null,
  density: 'comfortable',
  textSize: 100,
  reading: null,
  shortcuts: true,
  undoSeconds: 10,
  darkLetters: true,
  images: [],
};

function recall(): Preferences {
  try {
    return { ...STANDARD, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return STANDARD;
  }
}

export const preferences = signal<Preferences>(recall());

export function prefer(change: Partial<Preferences>): void {
  preferences.value = { ...preferences.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.value));
  } catch {
    // A browser that keeps nothing: it holds until the page is closed.
  }
}

export function chosenLanguage(): Language {
  return preferences.value.language ?? browserLanguage();
}

const system = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(system?.matches ?? false);
system?.addEventListener?.('change', (event) => (systemDark.value = event.matches));

export function isDark(): boolean {
  const { theme } = preferences.value;
  return theme === 'dark' || (theme === 'auto' && systemDark.value);
}

/** Keeps the document as it was chosen. */
export function applyPreferences(): void {
  effect(() => {
    const root = document.documentElement;
    root.dataset.theme = isDark() ? 'dark' : 'light';
    root.dataset.density = preferences.value.density;
    root.style.fontSize = preferences.value.textSize === 100 ? '' : `${preferences.value.textSize}%`;
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', isDark() ? '#101113' : '#F2F0EA');
  });
}
