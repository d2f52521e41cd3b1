// The keyboard alphabet. One table: what the help page shows is what the keys do.
import type { Key } from '../i18n/words';
import { preferences } from './preferences';

export interface Command {
  id: string;
  label: Key;
  /** As typed: `e`, `g i`, `Shift+U`; empty for none. */
  keys: string[];
  /** False leaves the key to the browser. */
  run: () => boolean | void;
}

const commands = new Map<string, Command>();
const SEQUENCE_MS = 1200;
let prefix = '';
let prefixTimer: ReturnType<typeof setTimeout> | null = null;

/** Makes commands known; the answer takes them back. */
export function register(list: Command[]): () => void {
  for (const each of list) commands.set(each.id, each);
  return () => {
    for (const each of list) if (commands.get(each.id) === each) commands.delete(each.id);
  };
}

export function allCommands(): Command[] {
  return [...commands.values()];
}

export function keyName(event: KeyboardEvent): string {
  const name = event.key === ' ' ? 'Space' : event.key;
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && (name.length > 1 || /\p{Lu}/u.test(name))) parts.push('Shift');
  parts.push(name);
  return parts.join('+');
}

export function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  if (!element?.closest) return false;
  return (
    element.isContentEditable ||
    element.closest('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [role=menu], dialog[open]') !== null
  );
}

/** Does what a key stands for. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = keyName(event);
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
  // A dialog is left by its own keys.
  if ((event.target as HTMLElement | null)?.closest?.('dialog[open]')) return;
  if (bare && (isTyping(event.target) || !preferences.value.shortcuts) && name !== 'Escape') return;
  const typed = prefix ? `${prefix} ${name}` : name;
  for (const command of [...commands.values()].reverse()) {
    if (!command.keys.includes(typed)) continue;
    clearPrefix();
    if (command.run() !== false) event.preventDefault();
    return;
  }
  clearPrefix();
  if (bare && [...commands.values()].some((each) => each.keys.some((key) => key.startsWith(`${name} `)))) {
    prefix = name;
    prefixTimer = setTimeout(clearPrefix, SEQUENCE_MS);
    event.preventDefault();
  }
}

function clearPrefix(): void {
  prefix = '';
  if (prefixTimer) clearTimeout(prefixTimer);
  prefixTimer = null;
}
