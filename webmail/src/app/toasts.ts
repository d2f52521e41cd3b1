// Short words at the foot of the page, with a way back.
import { signal } from '@preact/signals';

export interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'fault';
  actions: { label: string; run: () => void }[];
}

const SHOWN_MS = 10_000;
let serial = 0;
export const toasts = signal<Toast[]>([]);

/** Says something for ten seconds; the words before it give way. */
export function say(
  text: string,
  options: { kind?: Toast['kind']; actions?: Toast['actions']; milliseconds?: number } = {},
): number {
  const id = ++serial;
  toasts.value = [{ id, text, kind: options.kind ?? 'done', actions: options.actions ?? [] }];
  setTimeout(() => unsay(id), options.milliseconds ?? SHOWN_MS);
  return id;
}

export function unsay(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}

// ---- what can be taken back

const MOST = 50;
const stack: { text: string; back: () => void }[] = [];

/** Notes a thing that was done and how it is undone. */
export function undoable(text: string, undoWord: string, back: () => void): void {
  const entry = { text, back: () => {} };
  entry.back = () => {
    const at = stack.indexOf(entry);
    if (at >= 0) stack.splice(at, 1);
    unsay(id);
    back();
  };
  const id = say(text, { actions: [{ label: undoWord, run: () => entry.back() }] });
  stack.push(entry);
  if (stack.length > MOST) stack.shift();
}

/** Takes back what was done last; false when there is nothing. */
export function undoLast(): boolean {
  const last = stack.at(-1);
  last?.back();
  return last !== undefined;
}
