import { beforeEach, describe, expect, it, vi } from 'vitest';
import { JmapClient, MethodFault, Offline, from } from '../src/jmap/client';
import type { EmailHead, SetFault } from '../src/jmap/shapes';
import { InMemory } from '../src/store/database';
import { MailStore } from '../src/store/mail';
import { inverse, keywordPatch, movePatch, patched } from '../src/store/patches';
import { FakeServer } from './fake-server.mjs';

const INBOX = { key: 'B1:l', filter: { inMailbox: 'B1' }, mailbox: 'B1', collapse: false };

let server: FakeServer;
let database: InMemory;
let refused: SetFault[];
let arrived: EmailHead[];
let store: MailStore;

function open(): MailStore {
  return new MailStore(new JmapClient(server.session(), server.fetch), database, {
    refused: (reason) => refused.push(reason),
    arrived: (letters) => arrived.push(...letters),
    signedOut: () => {},
  });
}

beforeEach(async () => {
  server = new FakeServer();
  database = new InMemory();
  refused = [];
  arrived = [];
  for (let i = 0; i < 250; i++) server.deliver({ subject: `Lettre ${i}` });
  store = open();
  await store.start();
});

describe('the client', () => {
  it('puts calls of one turn into one request', async () => {
    server.requests.length = 0;
    await Promise.all([store.client.call('Mailbox/get', { ids: null }), store.client.call('Identity/get', { ids: null })]);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]!.methodCalls).toHaveLength(2);
  });

  it('refers to earlier answers', async () => {
    const answers = await store.client.group([
      { name: 'Email/query', args: { filter: {}, limit: 2 } },
      { name: 'Email/get', args: { '#ids': from(0, 'Email/query', '/ids'), properties: ['id'] } },
    ]);
    expect((answers[1] as unknown as { list: unknown[] }).list).toHaveLength(2);
  });

  it('tells a refused method from a lost line', async () => {
    await expect(store.client.call('No/such', {})).rejects.toBeInstanceOf(MethodFault);
    server.down = true;
    await expect(store.client.call('Mailbox/get', {})).rejects.toBeInstanceOf(Offline);
  });
});

describe('a list', () => {
  it('knows its length and loads what is looked at', async () => {
    const list = store.list(INBOX);
    await list.open();
    expect(list.length).toBe(250);
    expect(list.at(0)).toBe('L1');
    expect(list.at(180)).toBeUndefined();
    list.ensure(150, 190);
    await vi.waitFor(() => expect(list.at(180)).toBe('L181'));
  });

  it('follows what changed without asking for its rows again', async () => {
    const list = store.list(INBOX);
    await list.open();
    const [first, second] = [list.at(0)!, list.at(1)!];
    server.requests.length = 0;
    const fresh = server.deliver({ subject: 'Fraîche', receivedAt: '2027-01-01T00:00:00Z' });
    server.emails.delete(second);
    server.note({ destroyed: second });
    await store.sync();
    expect(list.length).toBe(250);
    expect(list.at(0)).toBe(fresh);
    expect(list.at(1)).toBe(first);
    expect(list.indexOf(second)).toBe(-1);
    expect(list.at(120)).toBeUndefined();
    const asked = server.requests.flatMap((each) => each.methodCalls.map(([name]) => name));
    expect(asked).toContain('Email/queryChanges');
    expect(asked).not.toContain('Email/query');
  });

  it('that is known whole stays so', async () => {
    const small = { key: 'B4:l', filter: { inMailbox: 'B4' }, mailbox: 'B4', collapse: false };
    for (let i = 0; i < 3; i++) server.deliver({ mailboxIds: { B4: true } });
    const list = store.list(small);
    await list.open();
    const id = list.at(0)!;
    server.refuse = () => true;
    list.remove(new Set([id]));
    server.deliver({ mailboxIds: { B4: true }, receivedAt: '2020-01-01T00:00:00Z' });
    await store.sync();
    expect(list.length).toBe(3);
    expect(list.known()).toHaveLength(3);
  });

  it('is shown from what was kept, also without a line', async () => {
    await store.list(INBOX).open();
    server.down = true;
    const again = open();
    await again.start();
    const list = again.list(INBOX);
    await list.open();
    expect(list.length).toBe(250);
    expect(again.peek(list.at(3)!)?.subject).toBe('Lettre 3');
    expect(again.online.value).toBe(false);
  });

  it('shows a letter that arrives', async () => {
    const list = store.list(INBOX);
    await list.open();
    const id = server.deliver({ subject: 'Neuve', receivedAt: '2026-11-22T13:00:00Z' });
    store.heard({ A1: { Email: 'x' } });
    await vi.waitFor(() => expect(list.at(0)).toBe(id));
    expect(arrived.map((each) => each.id)).toContain(id);
  });
});

describe('a change', () => {
  it('is shown at once and reaches the server', async () => {
    await store.list(INBOX).open();
    store.change({ L1: keywordPatch('$seen', true) });
    expect(store.peek('L1')?.keywords.$seen).toBe(true);
    expect(store.byRole('inbox')?.unreadEmails).toBe(249);
    await store.ops.drain();
    expect(server.emails.get('L1')?.keywords.$seen).toBe(true);
  });

  it('is taken back by its inverse', async () => {
    const list = store.list(INBOX);
    await list.open();
    const back = store.change({ L2: movePatch(store.peek('L2')!, 'B4', 'B1') });
    list.remove(new Set(['L2']));
    expect(list.at(1)).toBe('L3');
    store.change(back);
    list.restore(['L2']);
    expect(list.at(1)).toBe('L2');
    await store.ops.drain();
    expect(server.emails.get('L2')?.mailboxIds).toEqual({ B1: true });
  });

  it('does not come back with an answer that does not know it yet', async () => {
    const list = store.list(INBOX);
    await list.open();
    server.down = true;
    store.change({ L1: movePatch(store.peek('L1')!, 'B4', 'B1') });
    list.remove(new Set(['L1']));
    await store.ops.drain();
    const again = open();
    await again.start();
    server.down = false;
    const relisted = again.list(INBOX);
    await relisted.open();
    expect(again.peek('L1')?.mailboxIds).toEqual({ B4: true });
    expect(relisted.at(0)).toBe('L2');
  });

  it('waits for the line and is sent then, in order', async () => {
    await store.list(INBOX).open();
    server.down = true;
    store.change({ L1: keywordPatch('$seen', true) });
    store.change({ L1: keywordPatch('$flagged', true) });
    await store.ops.drain();
    expect(store.ops.count.value).toBe(2);
    server.down = false;
    await store.ops.drain();
    expect(server.emails.get('L1')?.keywords).toEqual({ $seen: true, $flagged: true });
    expect(store.ops.count.value).toBe(0);
  });

  it('that is refused is undone here and told', async () => {
    await store.list(INBOX).open();
    server.refuse = (id) => id === 'L1';
    store.change({ L1: keywordPatch('$seen', true) });
    await vi.waitFor(() => expect(store.peek('L1')?.keywords.$seen).toBeUndefined());
    expect(refused).toEqual([{ type: 'forbidden' }]);
  });
});

describe('patches', () => {
  it('are their inverse’s inverse', () => {
    const email = { id: 'x', keywords: { $seen: true }, mailboxIds: { a: true } } as unknown as EmailHead;
    const patch = { 'keywords/$seen': null, 'keywords/$flagged': true, ...movePatch(email, 'b', null) };
    const changed = patched(email, patch);
    expect(changed.keywords).toEqual({ $flagged: true });
    expect(changed.mailboxIds).toEqual({ b: true });
    expect(patched(changed, inverse(email, patch))).toEqual(email);
  });

  it('leave what is as it should be untouched', () => {
    const email = { id: 'x', keywords: { $seen: true }, mailboxIds: { a: true } } as unknown as EmailHead;
    expect(patched(email, { 'keywords/$seen': true })).toBe(email);
  });
});
