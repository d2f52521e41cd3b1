// A list of letters as a window on the server's: known where it was looked at, empty elsewhere.
import { signal } from '@preact/signals';
import { Offline, SignedOut } from '../jmap/client';
import type { EmailHead, Filter, Id } from '../jmap/shapes';

/** How many rows one request brings. */
export const WINDOW = 100;

export interface ListSpec {
  /** What it is kept under; the same for the same list. */
  key: string;
  filter: Filter;
  /** The mailbox it shows, when it shows one. */
  mailbox: Id | null;
  /** One row per exchange. */
  collapse: boolean;
}

export interface Fetched {
  ids: Id[];
  total: number;
  /** Where the server's list stood; null when it cannot say what changed since. */
  state?: string | null;
}

/** What became of a list since a state (RFC 8620 §5.6). */
export interface Turned {
  state: string;
  total: number;
  removed: Id[];
  added: { id: Id; index: number }[];
}

/** What a list asks of those who keep the letters. */
export interface ListSource {
  fetch(spec: ListSpec, position: number, limit: number): Promise<Fetched>;
  /** What changed in a list up to a row; null when that cannot be told. */
  changes(spec: ListSpec, since: string, upTo: Id | null): Promise<Turned | null>;
  peek(id: Id): EmailHead | null;
  /** Whether a letter belongs to the list, as far as what was done here tells. */
  belongs(spec: ListSpec, id: Id): boolean;
  recall(spec: ListSpec): Promise<Fetched | null>;
  keep(spec: ListSpec, page: Fetched): void;
  fault(fault: unknown): void;
}

export type ListState = 'cold' | 'ready' | 'failed';

export class MailList {
  private ids: (Id | undefined)[] = [];
  private readonly asked = new Set<number>();
  private refreshing: Promise<void> | null = null;
  private again = false;
  private queryState: string | null = null;
  /** Grows with every change of the rows. */
  readonly version = signal(0);
  readonly state = signal<ListState>('cold');

  constructor(
    readonly spec: ListSpec,
    private readonly source: ListSource,
  ) {}

  get length(): number {
    return this.ids.length;
  }

  at(index: number): Id | undefined {
    return this.ids[index];
  }

  indexOf(id: Id): number {
    return this.ids.indexOf(id);
  }

  /** All rows that are known, in order. */
  known(): Id[] {
    return this.ids.filter((id): id is Id => id !== undefined);
  }

  /** Shows what was kept, then asks. */
  async open(): Promise<void> {
    if (this.state.value === 'cold') {
      const kept = await this.source.recall(this.spec);
      if (kept && this.state.peek() === 'cold') {
        this.lay(0, kept.ids, kept.total);
        this.state.value = 'ready';
      }
    }
    await this.refresh();
  }

  /** Makes sure that rows are there or on their way. */
  ensure(start: number, end: number): void {
    for (let page = Math.floor(start / WINDOW); page * WINDOW < Math.min(end, this.ids.length); page++) {
      const from = page * WINDOW;
      const hole = this.ids.slice(from, from + WINDOW).includes(undefined);
      if (hole && !this.asked.has(page)) {
        this.asked.add(page);
        void this.load(from).finally(() => this.asked.delete(page));
      }
    }
  }

  private async load(position: number): Promise<void> {
    try {
      const { ids, total } = await this.source.fetch(this.spec, position, WINDOW);
      this.lay(position, ids, total);
    } catch (fault) {
      this.failed(fault);
    }
  }

  private lay(position: number, ids: Id[], total: number): void {
    const shown = ids.filter((id) => this.source.belongs(this.spec, id));
    const length = Math.max(0, total - (ids.length - shown.length));
    if (this.ids.length !== length) this.ids.length = length;
    for (let i = 0; i < shown.length; i++) this.ids[position + i] = shown[i];
    this.version.value++;
  }

  /** Asks again for what is at the top; rows stay until their successors are there. */
  refresh(): Promise<void> {
    if (this.refreshing) {
      this.again = true;
      return this.refreshing;
    }
    this.refreshing = this.renew().finally(() => {
      this.refreshing = null;
      if (this.again) {
        this.again = false;
        void this.refresh();
      }
    });
    return this.refreshing;
  }

  /** How many rows are known without a hole from the top. */
  private contiguous(): number {
    const hole = this.ids.indexOf(undefined);
    return hole < 0 ? this.ids.length : hole;
  }

  /** Does what the server says changed; false when it cannot say. */
  private async follow(): Promise<boolean> {
    if (this.queryState === null || this.state.peek() !== 'ready') return false;
    const whole = this.contiguous() === this.ids.length;
    const upTo = whole ? null : (this.ids[this.contiguous() - 1] ?? null);
    if (!whole && upTo === null) return false;
    const turned = await this.source.changes(this.spec, this.queryState, upTo);
    if (!turned) return false;
    const gone = new Set([...turned.removed, ...turned.added.map((each) => each.id)]);
    // What lies behind a hole may have moved: it is asked for again when it is looked at.
    const rows: (Id | undefined)[] = this.ids.slice(0, this.contiguous()).filter((id) => id === undefined || !gone.has(id));
    let hidden = 0;
    for (const { id, index } of turned.added) {
      if (!this.source.belongs(this.spec, id)) hidden++;
      else rows.splice(Math.min(index, rows.length), 0, id);
    }
    this.ids = rows;
    // A list that is known whole was told of whole: what the server counts more was taken out here.
    const further = whole ? 0 : turned.total - hidden - rows.length;
    if (further > 0) this.ids.length = rows.length + further;
    this.queryState = turned.state;
    this.version.value++;
    this.source.keep(this.spec, { ids: rows.slice(0, WINDOW).filter((id): id is Id => id !== undefined), total: this.ids.length });
    return true;
  }

  private async renew(): Promise<void> {
    try {
      if (await this.follow()) return;
    } catch (fault) {
      this.failed(fault);
      return;
    }
    const loaded = Math.min(this.ids.length, 3 * WINDOW);
    const limit = Math.max(WINDOW, Math.ceil(loaded / WINDOW) * WINDOW);
    try {
      const page = await this.source.fetch(this.spec, 0, limit);
      const before = this.ids;
      this.ids = [];
      this.lay(0, page.ids, page.total);
      if (before.length === this.ids.length) {
        // Nothing was added or taken: what lies further down still lies there.
        for (let i = limit; i < before.length; i++) this.ids[i] ??= before[i];
      }
      this.state.value = 'ready';
      this.queryState = page.state ?? null;
      this.source.keep(this.spec, { ids: page.ids.slice(0, WINDOW), total: page.total });
    } catch (fault) {
      this.failed(fault);
    }
  }

  private failed(fault: unknown): void {
    if (fault instanceof Offline || fault instanceof SignedOut) {
      if (this.state.peek() === 'cold') this.state.value = 'failed';
      this.source.fault(fault);
      return;
    }
    this.state.value = 'failed';
    this.source.fault(fault);
  }

  /** Takes rows out at once. */
  remove(ids: ReadonlySet<Id>): void {
    const kept: (Id | undefined)[] = [];
    for (let i = 0; i < this.ids.length; i++) {
      const id = this.ids[i];
      if (id === undefined || !ids.has(id)) kept.push(id);
    }
    if (kept.length !== this.ids.length) {
      this.ids = kept;
      this.version.value++;
    }
  }

  /** Puts rows back where their dates want them. */
  restore(ids: readonly Id[]): void {
    for (const id of ids) {
      if (this.ids.includes(id)) continue;
      const date = this.source.peek(id)?.receivedAt ?? '';
      let at = this.ids.findIndex((other) => other !== undefined && (this.source.peek(other)?.receivedAt ?? '') < date);
      if (at < 0) at = this.ids.length;
      this.ids.splice(at, 0, id);
    }
    this.version.value++;
  }
}
