// A message from the server while no page is open: a confirmation it asks for, or a new letter.

interface Verification {
  '@type': 'PushVerification';
  pushSubscriptionId: string;
  verificationCode: string;
}
interface StateChange {
  '@type': 'StateChange';
  changed: Record<string, Record<string, string>>;
}
interface Email {
  id: string;
  from: { name: string | null; email: string }[] | null;
  subject: string | null;
  preview: string;
}
interface Session {
  apiUrl: string;
  primaryAccounts: Record<string, string>;
}

const CORE = 'urn:ietf:params:jmap:core';
const MAIL = 'urn:ietf:params:jmap:mail';
const NEWEST = 3;

export interface Worker {
  registration: ServiceWorkerRegistration;
  clients: { matchAll(options: object): Promise<{ visibilityState?: string; url: string; focus?: () => Promise<unknown>; navigate?: (url: string) => Promise<unknown> }[]>; openWindow(url: string): Promise<unknown> };
  navigator: Navigator;
}

async function jmap(methodCalls: unknown[]): Promise<Record<string, unknown>[]> {
  const session = (await (await fetch('/.well-known/jmap', { credentials: 'same-origin' })).json()) as Session;
  const account = session.primaryAccounts[MAIL];
  const answer = await fetch(session.apiUrl, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ using: [CORE, MAIL], methodCalls: JSON.parse(JSON.stringify(methodCalls).replaceAll('"$account"', JSON.stringify(account))) }),
  });
  const { methodResponses } = (await answer.json()) as { methodResponses: [string, Record<string, unknown>, string][] };
  return methodResponses.map(([, args]) => args);
}

/** Does what a message is for. */
export async function heard(worker: Worker, data: Verification | StateChange | null): Promise<void> {
  if (data?.['@type'] === 'PushVerification') {
    await jmap([['PushSubscription/set', { update: { [data.pushSubscriptionId]: { verificationCode: data.verificationCode } } }, 'c0']]);
    return;
  }
  const windows = await worker.clients.matchAll({ type: 'window' });
  if (windows.some((each) => each.visibilityState === 'visible')) return;
  const french = (worker.navigator.language || 'fr').startsWith('fr');
  try {
    const [boxes] = await jmap([['Mailbox/get', { accountId: '$account', ids: null, properties: ['id', 'role', 'unreadEmails'] }, 'c0']]);
    const inbox = (boxes?.list as { id: string; role: string | null; unreadEmails: number }[]).find((each) => each.role === 'inbox');
    const [, got] = await jmap([
      ['Email/query', { accountId: '$account', filter: { inMailbox: inbox?.id, notKeyword: '$seen' }, sort: [{ property: 'receivedAt', isAscending: false }], limit: NEWEST }, 'c0'],
      ['Email/get', { accountId: '$account', '#ids': { resultOf: 'c0', name: 'Email/query', path: '/ids' }, properties: ['id', 'from', 'subject', 'preview'] }, 'c1'],
    ]);
    const list = (got?.list as Email[]) ?? [];
    const first = list[0];
    const unread = inbox?.unreadEmails ?? list.length;
    void (worker.navigator as { setAppBadge?: (n: number) => Promise<void> }).setAppBadge?.(unread)?.catch(() => {});
    if (!first) return;
    const who = first.from?.[0]?.name || first.from?.[0]?.email || 'Facteur';
    await worker.registration.showNotification(who, {
      body: [first.subject || (french ? '(sans objet)' : '(no subject)'), first.preview].filter(Boolean).join('\n'),
      tag: 'mail',
      icon: '/icon.svg',
      data: { path: `/mail/inbox/${first.id}` },
    });
  } catch {
    // Nobody is signed in, or there is no line: that there is something is all that can be said.
    await worker.registration.showNotification('Facteur', { body: french ? 'Nouveau courrier' : 'New mail', tag: 'mail', icon: '/icon.svg', data: { path: '/mail/inbox' } });
  }
}

/** Brings the page of a notification to the front. */
export async function clicked(worker: Worker, path: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window' });
  const open = windows[0];
  if (!open) {
    await worker.clients.openWindow(path);
    return;
  }
  await open.navigate?.(path);
  await open.focus?.();
}
