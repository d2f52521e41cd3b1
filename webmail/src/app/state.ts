// Who is signed in, and what everybody may need of it.
import { computed, signal } from '@preact/signals';
import { answered, JmapClient, openSession, SignedOut, Offline } from '../jmap/client';
import { listen, type Ear } from '../jmap/events';
import type { EmailHead, Session, SetFault } from '../jmap/shapes';
import { openDatabase, type Database } from '../store/database';
import { MailStore } from '../store/mail';
import { t } from '../i18n/words';
import { navigate, route } from './router';
import { say } from './toasts';

export const store = signal<MailStore | null>(null);
export const phase = signal<'opening' | 'out' | 'in' | 'unreachable' | 'change'>('opening');
/** What was said last to those who do not see the page. */
export const spoken = signal('');
let ear: Ear | null = null;
let database: Database | null = null;

export const inboxUnread = computed(() => store.value?.byRole('inbox')?.unreadEmails ?? 0);

export const account = computed(() => {
  const session = store.value?.client.session;
  return { email: session?.username ?? '', name: store.value?.identities.value[0]?.name ?? '' };
});

function refused(reason: SetFault): void {
  const known: Record<string, Parameters<typeof t>[0]> = {
    overQuota: 'fault.overQuota',
    forbidden: 'fault.forbidden',
    notFound: 'fault.notFound',
    stateMismatch: 'fault.changed',
    rateLimit: 'fault.rate',
    tooLarge: 'fault.tooLarge',
  };
  say(t(known[reason.type] ?? 'fault.other'), { kind: 'fault' });
}

function arrived(letters: EmailHead[]): void {
  const first = letters[0]!;
  const who = first.from?.[0]?.name || first.from?.[0]?.email || '';
  spoken.value = letters.length === 1 ? t('list.arrivedOne', { who }) : t('list.arrived', { n: letters.length });
}

/** Opens what is kept and what the server has; finds out whether somebody is signed in. */
export async function open(): Promise<void> {
  database ??= await openDatabase();
  const kept = await database.get<Session>('meta', 'session');
  let session: Session;
  try {
    session = await openSession();
  } catch (fault) {
    if (fault instanceof SignedOut) return leave();
    if (fault instanceof Offline && kept) session = kept;
    else {
      phase.value = 'unreachable';
      return;
    }
  }
  if (kept && kept.username !== session.username) await database.clear();
  await database.put('meta', 'session', session);
  const client = new JmapClient(session);
  const mail = new MailStore(client, database, { refused, arrived, signedOut: leave });
  await mail.start();
  store.value = mail;
  phase.value = 'in';
  if (route.peek().page === 'login') navigate('/mail/inbox', { replace: true });
  if (session.eventSourceUrl) {
    ear?.close();
    ear = listen(session.eventSourceUrl, (changed) => mail.heard(changed), (up) => up && (mail.online.value = true));
  }
  addEventListener('online', () => {
    mail.online.value = true;
    void mail.ops.drain();
    void mail.sync();
  });
  addEventListener('offline', () => (mail.online.value = false));
}

/** The page for those who are not signed in. */
function leave(): void {
  ear?.close();
  ear = null;
  store.value = null;
  phase.value = 'out';
}

export type SignInOutcome = 'in' | 'change' | 'denied' | 'blocked' | 'unreachable';

export async function signIn(name: string, password: string): Promise<SignInOutcome> {
  let answer: Response;
  try {
    answer = await fetch('/web/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
  } catch {
    return 'unreachable';
  }
  if (answer.status === 401) return 'denied';
  if (answer.status === 429) return 'blocked';
  if (!answer.ok) return 'unreachable';
  const { mustChange } = (await answer.json()) as { mustChange: boolean };
  if (mustChange) {
    phase.value = 'change';
    return 'change';
  }
  await open();
  return 'in';
}

export async function signOut(): Promise<void> {
  try {
    await answered(fetch('/web/sign-out', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }));
  } catch {
    // The cookie ends by itself; what is kept here goes in any case.
  }
  await database?.clear();
  if ('caches' in globalThis) for (const name of await caches.keys()) if (name.startsWith('letters')) await caches.delete(name);
  leave();
  navigate('/login', { replace: true });
}

/** The store, where a page stands that only those signed in see. */
export function useStore(): MailStore {
  const found = store.value;
  if (!found) throw new Error('nobody is signed in');
  return found;
}
