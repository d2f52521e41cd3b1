// Who is signed in, beyond their letters.
import { signal } from '@preact/signals';
import { ask } from './web';

/** Whether this person looks after the post office. */
export const administrator = signal(false);

export async function loadMe(): Promise<void> {
  administrator.value = (await ask<{ administrator: boolean }>('/web/me')).administrator;
}
