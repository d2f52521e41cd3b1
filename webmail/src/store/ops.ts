// What was done here and is not yet known to the server: kept, sent in order, taken back on refusal.
import { signal } from '@preact/signals';
import { MethodFault, Offline, type JmapClient } from '../jmap/client';
import type { EmailHead, Id, Patch, SetAnswer, SetFault } from '../jmap/shapes';
import type { Database } from './database';
import { patched } from './patches';

export interface Op {
  id: string;
  update: Record<Id, Patch>;
  destroy: Id[];
}

export interface OpListener {
  /** These letters are not as they were shown. */
  refused(ids: Id[], reason: SetFault): void;
  /** The server has everything up to this op. */
  settled(op: Op): void;
  failed(fault: unknown): void;
}

let serial = 0;

export class OpQueue {
  private readonly waiting: Op[] = [];
  private running: Promise<void> | null = null;
  /** How many are not yet known to the server. */
  readonly count = signal(0);

  constructor(
    private readonly client: JmapClient,
    private readonly db: Database,
    private readonly listener: OpListener,
  ) {}

  /** Those of an earlier visit. */
  async recall(): Promise<void> {
    for (const [, op] of await this.db.all<Op>('ops')) this.waiting.push(op);
    this.count.value = this.waiting.length;
  }

  /** A letter as it will be once all is done. */
  overlay(email: EmailHead): EmailHead {
    let shown = email;
    for (const op of this.waiting) {
      const patch = op.update[email.id];
      if (patch) shown = patched(shown, patch);
    }
    return shown;
  }

  destroyed(id: Id): boolean {
    return this.waiting.some((op) => op.destroy.includes(id));
  }

  add(update: Record<Id, Patch>, destroy: Id[] = []): void {
    const op: Op = { id: `${Date.now().toString(36).padStart(10, '0')}-${(serial++).toString(36).padStart(6, '0')}`, update, destroy };
    this.waiting.push(op);
    this.count.value = this.waiting.length;
    void this.db.put('ops', op.id, op);
    void this.drain();
  }

  /** Sends what waits, in order; ends when nothing waits or the line is down. */
  drain(): Promise<void> {
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  private async run(): Promise<void> {
    for (let op = this.waiting[0]; op; op = this.waiting[0]) {
      try {
        await this.send(op);
      } catch (fault) {
        if (fault instanceof Offline) return;
        this.drop(op);
        if (fault instanceof MethodFault) {
          this.listener.refused([...Object.keys(op.update), ...op.destroy], { type: fault.type, description: fault.description });
          continue;
        }
        this.listener.failed(fault);
        return;
      }
      this.drop(op);
      this.listener.settled(op);
    }
  }

  private drop(op: Op): void {
    this.waiting.splice(this.waiting.indexOf(op), 1);
    this.count.value = this.waiting.length;
    void this.db.remove('ops', op.id);
  }

  private async send(op: Op): Promise<void> {
    const ids = Object.keys(op.update);
    const batch = this.client.batch;
    for (let start = 0; start < ids.length; start += batch) {
      const update = Object.fromEntries(ids.slice(start, start + batch).map((id) => [id, op.update[id]]));
      this.judge(await this.client.call<SetAnswer>('Email/set', { update }));
    }
    for (let start = 0; start < op.destroy.length; start += batch) {
      this.judge(await this.client.call<SetAnswer>('Email/set', { destroy: op.destroy.slice(start, start + batch) }));
    }
  }

  private judge(answer: SetAnswer): void {
    const faults = { ...answer.notUpdated, ...answer.notDestroyed };
    const byReason = new Map<string, { ids: Id[]; fault: SetFault }>();
    for (const [id, fault] of Object.entries(faults)) {
      const found = byReason.get(fault.type);
      if (found) found.ids.push(id);
      else byReason.set(fault.type, { ids: [id], fault });
    }
    for (const { ids, fault } of byReason.values()) this.listener.refused(ids, fault);
  }
}
