// Sentences in the person's language. They are compiled at build; one language is loaded.
import { signal } from '@preact/signals';
import type fr from './fr.json';

/** The name of a sentence. */
export type Key = keyof typeof fr;
export type Values = Record<string, string | number>;
type Sentence = string | ((values: Values, plural: (n: number) => string, number: (n: number) => string) => string);
export type Sentences = Record<Key, Sentence>;
export type Language = 'fr' | 'en';

export const language = signal<Language>('fr');
let sentences: Partial<Sentences> = {};
let plural = new Intl.PluralRules('fr');
let number = new Intl.NumberFormat('fr');

/** The sentence of a name with its values in place; who draws with it draws again in another language. */
export function t(key: Key, values?: Values): string {
  void language.value;
  const sentence = sentences[key];
  if (sentence === undefined) return key;
  if (typeof sentence === 'string') return sentence;
  return sentence(values ?? {}, (n) => plural.select(Number(n)), (n) => number.format(Number(n)));
}

/** Loads a language and makes it the one that is spoken. */
export async function speak(wanted: Language): Promise<void> {
  const loaded = wanted === 'fr' ? await import('virtual:sentences/fr') : await import('virtual:sentences/en');
  sentences = loaded.default;
  plural = new Intl.PluralRules(wanted);
  number = new Intl.NumberFormat(wanted);
  document.documentElement.lang = wanted;
  language.value = wanted;
}

export function browserLanguage(): Language {
  return (navigator.language || 'fr').toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

export function formatNumber(n: number): string {
  return number.format(n);
}
