// What is asked of the server besides JMAP: small JSON documents under /web/.
import { language } from '../i18n/words';
import { MethodFault, Offline, SignedOut } from '../jmap/client';

/** A refusal in words for people. */
export class Told extends Error {}

async function read<T>(asked: Promise<Response>): Promise<T> {
  let answer: Response;
  try {
    answer = await asked;
  } catch {
    throw new Offline('unreachable');
  }
  if (answer.status === 401) throw new SignedOut('signed out');
  const body = (await answer.json().catch(() => ({}))) as { detail?: string; text?: string };
  if (answer.ok) return body as T;
  // Verbs say it in `text`; other answers are for people only where they refuse what was typed.
  if (body.text) throw new Told(body.text);
  if (answer.status === 409 && body.detail) throw new Told(body.detail);
  throw new MethodFault(`http${answer.status}`, body.detail ?? '');
}

export function ask<T>(path: string): Promise<T> {
  return read<T>(fetch(path, { headers: { 'Accept-Language': language.value }, credentials: 'same-origin' }));
}

export function tell<T>(path: string, body: unknown): Promise<T> {
  return read<T>(
    fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': language.value },
      body: JSON.stringify(body),
      credentials: 'same-origin',
    }),
  );
}
