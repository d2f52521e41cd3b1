// The letters of one account in the browser: one signal per letter, lists as windows, every change
// shown first and sent after.
import { batch, signal, type Signal } from '@preact/signals';
import { from, MAIL, MethodFault, Offline, SignedOut, type JmapClient } from '../jmap/client';
import type {
  ChangesAnswer, EmailFull, EmailHead, GetAnswer, Id, Identity, Mailbox, Patch, QueryAnswer, Role, SetFault,
} from '../jmap/shapes';
import type { Database } from './database';
import { Keepsakes } from './keepsakes';
import { MailList, type Fetched, type ListSource, type ListSpec, type Turned } from './list';
import { OpQueue } from './ops';
import { inverse, patched } from './patches';
import { People } from './people';

const HEAD = [
  'id', 'blobId', 'threadId', 'mailboxIds', 'keywords', 'size', 'receivedAt', 'from', 'to', 'cc', 'subject', 'preview', 'hasAttachment',
];
const FULL = [
  ...HEAD, 'bcc', 'replyTo', 'sentAt', 'messageId', 'references', 'inReplyTo', 'textBody', 'htmlBody', 'attachments', 'bodyValues',
];
const BODIES = 60;
const LISTS = 12;

interface Kept extends Fetched {
  heads: EmailHead[];
  threads: Record<Id, Id[]>;
}

/** What the store tells to those who show it. */
export interface MailEvents {
  refused(reason: SetFault): void;
  signedOut(): void;
  arrived(letters: EmailHead[]): void;
}

export class MailStore implements ListSource {
  readonly mailboxes = signal<Mailbox[]>([]);
  readonly identities = signal<Identity[]>([]);
  readonly online = signal(true);
  readonly ops: OpQueue;
  readonly people: People;
  readonly kept: Keepsakes;
  private readonly emails = new Map<Id, Signal<EmailHead | null>>();
  private readonly threads = new Map<Id, Signal<Id[] | null>>();
  private readonly bodies = new Map<Id, Promise<EmailFull>>();
  private readonly lists = new Map<string, MailList>();
  private emailState: string | null = null;
  private syncing: Promise<void> | null = null;
  private syncAgain = false;

  constructor(
    readonly client: JmapClient,
    readonly db: Database,
    private readonly events: MailEvents,
  ) {
    this.ops = new OpQueue(client, db, {
      refused: (ids, reason) => {
        this.events.refused(reason);
        void this.reload(ids);
      },
      settled: () => void this.sync(),
      failed: (fault) => this.fault(fault),
    });
    this.kept = new Keepsakes(client, db, (fault) => this.fault(fault));
    this.people = new People(db, () => this.identities.peek().map((each) => each.email.toLowerCase()));
  }

  /** What was kept first, then what the server says. */
  async start(): Promise<void> {
    await Promise.all([this.ops.recall(), this.people.recall(), this.kept.recall()]);
    const kept = await this.db.get<Mailbox[]>('meta', 'mailboxes');
    if (kept && this.mailboxes.value.length === 0) this.mailboxes.value = kept;
    const identities = await this.db.get<Identity[]>('meta', 'identities');
    if (identities) this.identities.value = identities;
    const told = Promise.all([this.loadMailboxes(), this.loadIdentities()]).catch((fault) => this.fault(fault));
    this.kept.load();
    if (!kept) await told;
    void this.ops.drain();
  }

  async loadMailboxes(): Promise<void> {
    const answer = await this.client.call<GetAnswer<Mailbox>>('Mailbox/get', { ids: null });
    this.mailboxes.value = answer.list;
    this.online.value = true;
    void this.db.put('meta', 'mailboxes', answer.list);
  }

  async loadIdentities(): Promise<void> {
    try {
      const answer = await this.client.call<GetAnswer<Identity>>('Identity/get', { ids: null });
      this.identities.value = answer.list;
      void this.db.put('meta', 'identities', answer.list);
    } catch (fault) {
      if (!(fault instanceof MethodFault)) throw fault;
    }
  }

  // ---- mailboxes

  byRole(role: Role): Mailbox | undefined {
    return this.mailboxes.value.find((each) => each.role === role);
  }

  /** By role or id, as addresses of pages have it. */
  mailbox(name: string): Mailbox | undefined {
    return this.mailboxes.value.find((each) => each.role === name || each.id === name);
  }

  // ---- letters

  email(id: Id): Signal<EmailHead | null> {
    let found = this.emails.get(id);
    if (!found) {
      found = signal<EmailHead | null>(null);
      this.emails.set(id, found);
    }
    return found;
  }

  thread(id: Id): Signal<Id[] | null> {
    let found = this.threads.get(id);
    if (!found) {
      found = signal<Id[] | null>(null);
      this.threads.set(id, found);
    }
    return found;
  }

  peek(id: Id): EmailHead | null {
    return this.emails.get(id)?.peek() ?? null;
  }

  /** Those that are known, for hits before the server's. */
  all(): EmailHead[] {
    const found: EmailHead[] = [];
    for (const each of this.emails.values()) {
      const email = each.peek();
      if (email) found.push(email);
    }
    return found;
  }

  take(list: EmailHead[]): void {
    batch(() => {
      for (const email of list) {
        this.email(email.id).value = this.ops.overlay(email);
        this.people.learn(email);
      }
    });
  }

  private takeThreads(list: { id: Id; emailIds: Id[] }[]): void {
    batch(() => {
      for (const { id, emailIds } of list) this.thread(id).value = emailIds;
    });
  }

  async reload(ids: Id[]): Promise<void> {
    try {
      for (let start = 0; start < ids.length; start += this.client.batch) {
        const some = ids.slice(start, start + this.client.batch);
        const answer = await this.client.call<GetAnswer<EmailHead>>('Email/get', { ids: some, properties: HEAD });
        this.take(answer.list);
        for (const gone of answer.notFound) this.email(gone).value = null;
      }
      for (const list of this.lists.values()) void list.refresh();
    } catch (fault) {
      this.fault(fault);
    }
  }

  /** The letters of an exchange, oldest first; their heads are known afterwards. */
  async openThread(id: Id): Promise<Id[]> {
    const answers = await this.client.group([
      { name: 'Thread/get', args: { ids: [id] } },
      { name: 'Email/get', args: { '#ids': from(0, 'Thread/get', '/list/*/emailIds'), properties: HEAD } },
    ]);
    const threads = answers[0] as unknown as GetAnswer<{ id: Id; emailIds: Id[] }>;
    this.take((answers[1] as unknown as GetAnswer<EmailHead>).list);
    this.takeThreads(threads.list);
    return threads.list[0]?.emailIds ?? [];
  }

  /** Everything reading needs; kept for a while, because letters do not change. */
  full(id: Id): Promise<EmailFull> {
    const known = this.bodies.get(id);
    if (known) return known;
    const asked = this.client
      .call<GetAnswer<EmailFull>>('Email/get', {
        ids: [id],
        properties: FULL,
        fetchTextBodyValues: true,
        maxBodyValueBytes: 256 * 1024,
      })
      .then((answer) => {
        const email = answer.list[0];
        if (!email) throw new MethodFault('notFound', id);
        this.take([email]);
        return email;
      });
    this.bodies.set(id, asked);
    asked.catch(() => this.bodies.delete(id));
    if (this.bodies.size > BODIES) {
      const oldest = this.bodies.keys().next().value;
      if (oldest !== undefined) this.bodies.delete(oldest);
    }
    return asked;
  }

  forget(id: Id): void {
    this.bodies.delete(id);
  }

  // ---- lists

  list(spec: ListSpec): MailList {
    let found = this.lists.get(spec.key);
    if (!found) {
      found = new MailList(spec, this);
      if (this.lists.size >= LISTS) {
        const oldest = this.lists.keys().next().value;
        if (oldest !== undefined) this.lists.delete(oldest);
      }
    } else {
      this.lists.delete(spec.key);
    }
    this.lists.set(spec.key, found);
    return found;
  }

  async fetch(spec: ListSpec, position: number, limit: number): Promise<Fetched> {
    const calls = [
      {
        name: 'Email/query',
        args: {
          filter: spec.filter,
          sort: [{ property: 'receivedAt', isAscending: false }],
          collapseThreads: spec.collapse,
          position,
          limit,
          calculateTotal: true,
        },
      },
      { name: 'Email/get', args: { '#ids': from(0, 'Email/query', '/ids'), properties: HEAD } },
    ];
    if (spec.collapse) {
      calls.push({ name: 'Thread/get', args: { '#ids': from(1, 'Email/get', '/list/*/threadId') } as never });
    }
    const answers = await this.client.group(calls);
    const query = answers[0] as unknown as QueryAnswer;
    const got = answers[1] as unknown as GetAnswer<EmailHead>;
    this.emailState ??= got.state;
    this.take(got.list);
    if (spec.collapse) this.takeThreads((answers[2] as unknown as GetAnswer<{ id: Id; emailIds: Id[] }>).list);
    this.online.value = true;
    return { ids: query.ids, total: query.total ?? position + query.ids.length, state: query.canCalculateChanges ? query.queryState : null };
  }

  async changes(spec: ListSpec, since: string, upTo: Id | null): Promise<Turned | null> {
    const calls = [
      {
        name: 'Email/queryChanges',
        args: {
          filter: spec.filter,
          sort: [{ property: 'receivedAt', isAscending: false }],
          collapseThreads: spec.collapse,
          sinceQueryState: since,
          maxChanges: 200,
          ...(upTo ? { upToId: upTo } : {}),
          calculateTotal: true,
        },
      },
      { name: 'Email/get', args: { '#ids': from(0, 'Email/queryChanges', '/added/*/id'), properties: HEAD } },
    ];
    if (spec.collapse) calls.push({ name: 'Thread/get', args: { '#ids': from(1, 'Email/get', '/list/*/threadId') } as never });
    let answers;
    try {
      answers = await this.client.group(calls);
    } catch (fault) {
      if (fault instanceof MethodFault) return null;
      throw fault;
    }
    const turned = answers[0] as unknown as { newQueryState: string; total?: number; removed: Id[]; added: { id: Id; index: number }[] };
    if (turned.total === undefined) return null;
    this.take((answers[1] as unknown as GetAnswer<EmailHead>).list);
    if (spec.collapse) this.takeThreads((answers[2] as unknown as GetAnswer<{ id: Id; emailIds: Id[] }>).list);
    this.online.value = true;
    return { state: turned.newQueryState, total: turned.total, removed: turned.removed, added: turned.added };
  }

  belongs(spec: ListSpec, id: Id): boolean {
    if (this.ops.destroyed(id)) return false;
    const email = this.peek(id);
    if (!spec.mailbox || !email || spec.collapse) return true;
    return spec.mailbox in email.mailboxIds;
  }

  async recall(spec: ListSpec): Promise<Fetched | null> {
    const kept = await this.db.get<Kept>('page', spec.key);
    if (!kept) return null;
    const unknown = kept.heads.filter((each) => !this.peek(each.id));
    this.take(unknown);
    this.takeThreads(Object.entries(kept.threads).map(([id, emailIds]) => ({ id, emailIds })));
    return { ids: kept.ids, total: kept.total };
  }

  keep(spec: ListSpec, page: Fetched): void {
    if (spec.key.startsWith('search:')) return;
    const heads = page.ids.map((id) => this.peek(id)).filter((each): each is EmailHead => each !== null);
    const threads: Record<Id, Id[]> = {};
    for (const { threadId } of heads) {
      const ids = this.threads.get(threadId)?.peek();
      if (ids) threads[threadId] = ids;
    }
    void this.db.put('page', spec.key, { ...page, heads, threads } satisfies Kept);
  }

  fault(fault: unknown): void {
    if (fault instanceof SignedOut) this.events.signedOut();
    else if (fault instanceof Offline) this.online.value = false;
    else this.events.refused({ type: fault instanceof MethodFault ? fault.type : 'serverFail' });
  }

  // ---- changes made here

  /** Shows a change at once, sends it after. Answers with what takes it back. */
  change(update: Record<Id, Patch>): Record<Id, Patch> {
    const back: Record<Id, Patch> = {};
    batch(() => {
      for (const [id, patch] of Object.entries(update)) {
        const email = this.peek(id);
        if (!email) continue;
        back[id] = inverse(email, patch);
        const next = patched(email, patch);
        this.email(id).value = next;
        this.count(email, next);
      }
    });
    this.ops.add(update);
    return back;
  }

  destroy(ids: Id[]): void {
    this.ops.add({}, ids);
  }

  /** Folders' numbers follow at once; the server's come with the next look. */
  private count(before: EmailHead, after: EmailHead): void {
    const unreadIn = (email: EmailHead, box: Id) => (box in email.mailboxIds && !email.keywords.$seen ? 1 : 0);
    const boxes = new Set([...Object.keys(before.mailboxIds), ...Object.keys(after.mailboxIds)]);
    this.mailboxes.value = this.mailboxes.peek().map((box) => {
      if (!boxes.has(box.id)) return box;
      const unread = unreadIn(after, box.id) - unreadIn(before, box.id);
      const total = Number(box.id in after.mailboxIds) - Number(box.id in before.mailboxIds);
      return unread || total
        ? {
            ...box,
            unreadEmails: Math.max(0, box.unreadEmails + unread),
            totalEmails: Math.max(0, box.totalEmails + total),
          }
        : box;
    });
  }

  // ---- changes made elsewhere

  heard(changed: Record<string, Record<string, string>>): void {
    const types = changed[this.client.account];
    if (types) this.kept.heard(types);
    if (types && !types.Email && !types.Mailbox && !types.EmailDelivery && !types.Thread) return;
    void this.sync();
  }

  sync(): Promise<void> {
    if (this.syncing) {
      this.syncAgain = true;
      return this.syncing;
    }
    this.syncing = this.syncOnce()
      .catch((fault) => this.fault(fault))
      .finally(() => {
        this.syncing = null;
        if (this.syncAgain) {
          this.syncAgain = false;
          void this.sync();
        }
      });
    return this.syncing;
  }

  private async syncOnce(): Promise<void> {
    const current = [...this.lists.values()].at(-1);
    await Promise.all([this.loadMailboxes(), this.loadChanges(), current?.refresh()]);
    for (const list of this.lists.values()) if (list !== current && list.spec.mailbox) void list.refresh();
  }

  private async loadChanges(): Promise<void> {
    if (!this.emailState) return;
    for (let more = true; more; ) {
      let answer: ChangesAnswer;
      try {
        answer = await this.client.call<ChangesAnswer>('Email/changes', { sinceState: this.emailState, maxChanges: 500 });
      } catch (fault) {
        if (!(fault instanceof MethodFault)) throw fault;
        this.emailState = null;
        await this.reload([...this.emails.keys()].slice(-this.client.batch));
        return;
      }
      const wanted = [...answer.created, ...answer.updated.filter((id) => this.emails.has(id))].slice(0, this.client.batch);
      if (wanted.length) {
        const got = await this.client.call<GetAnswer<EmailHead>>('Email/get', { ids: wanted, properties: HEAD });
        this.take(got.list);
        this.announce(got.list.filter((each) => answer.created.includes(each.id)));
      }
      for (const gone of answer.destroyed) if (this.emails.has(gone)) this.email(gone).value = null;
      this.emailState = answer.newState;
      more = answer.hasMoreChanges;
    }
  }

  private announce(created: EmailHead[]): void {
    const inbox = this.byRole('inbox')?.id;
    const threads = new Set(created.map((each) => each.threadId));
    for (const id of threads) if (this.threads.has(id)) void this.openThread(id).catch((fault) => this.fault(fault));
    const fresh = created.filter((each) => inbox && inbox in each.mailboxIds && !each.keywords.$seen);
    if (fresh.length) this.events.arrived(fresh);
  }

  /** All ids of a list, also of rows that were never looked at. */
  async everything(spec: ListSpec): Promise<Id[]> {
    const ids: Id[] = [];
    for (;;) {
      const answer = await this.client.call<QueryAnswer>('Email/query', {
        filter: spec.filter,
        sort: [{ property: 'receivedAt', isAscending: false }],
        position: ids.length,
        limit: this.client.batch,
      });
      ids.push(...answer.ids);
      if (answer.ids.length < this.client.batch) return ids;
      const got = await this.client.call<GetAnswer<EmailHead>>('Email/get', { ids: answer.ids, properties: HEAD });
      this.take(got.list);
    }
  }

  get canSend(): boolean {
    return this.client.can(MAIL) && this.identities.value.length > 0;
  }
}
