// What is asked about letters in a dialog; the dialogs are loaded when they are.
import { signal } from '@preact/signals';
import { meant } from '../mail/actions';

export type Asking = { what: 'label' | 'snooze'; rows: string[] };

export const asking = signal<Asking | null>(null);

export function askLabel(rows = meant()): void {
  if (rows.length) asking.value = { what: 'label', rows };
}

export function askSnooze(rows = meant()): void {
  if (rows.length) asking.value = { what: 'snooze', rows };
}
