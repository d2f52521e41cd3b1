// What the server keeps besides letters: labels, templates, what comes back later, what leaves later.
import { signal } from '@preact/signals';
import { LABELS, MethodFault, SNOOZE, SUBMISSION, TEMPLATES, type JmapClient } from '../jmap/client';
import type { GetAnswer, Id, SetAnswer } from '../jmap/shapes';
import type { EmailSubmission, Label, Snooze, Template } from '../jmap/types';
import type { Database } from './database';

export type { Label, Template };
export const COLORS = ['blue', 'green', 'yellow', 'orange', 'red', 'pink', 'purple', 'grey'] as const;

export class Keepsakes {
  readonly labels = signal<Label[]>([]);
  readonly templates = signal<Template[] | null>(null);
  /** When letters come back, by letter. */
  readonly snoozes = signal<ReadonlyMap<Id, Snooze>>(new Map());
  /** Letters that leave later, by letter. */
  readonly scheduled = signal<ReadonlyMap<Id, EmailSubmission>>(new Map());
  private wantsSnoozes = false;

  constructor(
    private readonly client: JmapClient,
    private readonly db: Database,
    private readonly fault: (fault: unknown) => void,
  ) {}

  /** What was kept first; the server is asked with the first look at the mailboxes. */
  async recall(): Promise<void> {
    const labels = await this.db.get<Label[]>('meta', 'labels');
    if (labels) this.labels.value = labels;
  }

  /** What every page shows. */
  load(): void {
    void this.loadLabels();
    void this.loadScheduled();
  }

  /** What changed elsewhere. */
  heard(types: Record<string, string>): void {
    if (types.Label) void this.loadLabels();
    if (types.Template && this.templates.peek()) void this.loadTemplates();
    if (types.Snooze && this.wantsSnoozes) void this.loadSnoozes();
    if (types.EmailSubmission) void this.loadScheduled();
  }

  byKeyword(keyword: string): Label | undefined {
    return this.labels.value.find((each) => each.keyword === keyword);
  }

  private async get<T>(capability: string, method: string, args: Record<string, unknown> = { ids: null }): Promise<T[] | null> {
    if (!this.client.can(capability)) return null;
    try {
      return (await this.client.call<GetAnswer<T>>(method, args)).list;
    } catch (fault) {
      if (!(fault instanceof MethodFault)) this.fault(fault);
      return null;
    }
  }

  async loadLabels(): Promise<void> {
    const list = await this.get<Label>(LABELS, 'Label/get');
    if (!list) return;
    this.labels.value = list.sort((a, b) => a.sortOrder - b.sortOrder || a.name.localeCompare(b.name));
    void this.db.put('meta', 'labels', this.labels.value);
  }

  async loadTemplates(): Promise<void> {
    const list = await this.get<Template>(TEMPLATES, 'Template/get');
    this.templates.value = (list ?? []).sort((a, b) => a.name.localeCompare(b.name));
  }

  async loadSnoozes(): Promise<void> {
    this.wantsSnoozes = true;
    const list = await this.get<Snooze>(SNOOZE, 'Snooze/get');
    if (list) this.snoozes.value = new Map(list.map((each) => [each.emailId, each]));
  }

  async loadScheduled(): Promise<void> {
    if (!this.client.can(SUBMISSION)) return;
    try {
      const answers = await this.client.group([
        { name: 'EmailSubmission/query', args: { filter: { undoStatus: 'pending' } } },
        { name: 'EmailSubmission/get', args: { '#ids': { resultOf: 'c0', name: 'EmailSubmission/query', path: '/ids' } } },
      ]);
      const list = (answers[1] as unknown as GetAnswer<EmailSubmission>).list;
      this.scheduled.value = new Map(list.map((each) => [each.emailId, each]));
    } catch (fault) {
      if (!(fault instanceof MethodFault)) this.fault(fault);
    }
  }

  /** Makes, changes or ends one; fails with what the server has against it. */
  async set(type: 'Label' | 'Template' | 'Snooze', change: { create?: Record<string, unknown>; update?: Record<Id, unknown>; destroy?: Id[] }): Promise<SetAnswer<{ id: Id }>> {
    const answer = await this.client.call<SetAnswer<{ id: Id }>>(`${type}/set`, change);
    const refused = Object.values({ ...answer.notCreated, ...answer.notUpdated, ...answer.notDestroyed })[0];
    if (type === 'Label') await this.loadLabels();
    if (type === 'Template') await this.loadTemplates();
    if (type === 'Snooze') await this.loadSnoozes();
    if (refused) throw new MethodFault(refused.type, refused.description ?? '');
    return answer;
  }
}

/** A keyword for a name: what every mail program takes (RFC 9051 §9), in lower case, and none that is taken. */
export function keywordFor(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60)
      .toLowerCase() || 'label';
  let keyword = base;
  for (let n = 2; taken.has(keyword); n++) keyword = `${base}-${n}`;
  return keyword;
}
