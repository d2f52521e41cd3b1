// Whom this person writes with: learned from letters that pass by, for completion.
import type { Address, EmailHead } from '../jmap/shapes';
import type { Database } from './database';

export interface Person {
  name: string;
  email: string;
  /** Written to counts more than heard from. */
  weight: number;
}

const MOST = 5000;
const WRITTEN_TO = 5;

export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
}

export class People {
  private readonly byEmail = new Map<string, Person>();
  private readonly seen = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly db: Database,
    private readonly self: () => string[],
  ) {}

  async recall(): Promise<void> {
    for (const person of (await this.db.get<Person[]>('people', 'all')) ?? []) {
      this.byEmail.set(person.email.toLowerCase(), person);
    }
  }

  learn(email: EmailHead): void {
    if (this.seen.has(email.id) || email.keywords.$junk || email.keywords.$phishing) return;
    this.seen.add(email.id);
    const own = this.self();
    const mine = (email.from ?? []).some((each) => own.includes(each.email.toLowerCase()));
    if (mine) for (const each of [...(email.to ?? []), ...(email.cc ?? [])]) this.add(each, WRITTEN_TO);
    else for (const each of email.from ?? []) if (!/no-?reply|ne-?pas-?repondre/i.test(each.email)) this.add(each, 1);
  }

  add(address: Address, weight: number): void {
    const key = address.email.toLowerCase();
    if (!key || this.self().includes(key)) return;
    const known = this.byEmail.get(key);
    if (known) {
      known.weight += weight;
      if (!known.name && address.name) known.name = address.name;
    } else if (this.byEmail.size < MOST) {
      this.byEmail.set(key, { name: address.name ?? '', email: address.email, weight });
    }
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.db.put('people', 'all', [...this.byEmail.values()]);
    }, 2000);
  }

  knows(email: string): boolean {
    return (this.byEmail.get(email.toLowerCase())?.weight ?? 0) >= WRITTEN_TO;
  }

  /** Those whose name or address has a word beginning like this, the most frequent first. */
  complete(typed: string, most = 6): Person[] {
    const wanted = plain(typed.trim());
    if (!wanted) return [];
    const found: Person[] = [];
    for (const person of this.byEmail.values()) {
      const words = plain(`${person.name} ${person.email}`);
      if (words.startsWith(wanted) || words.includes(` ${wanted}`) || plain(person.email).includes(wanted)) found.push(person);
    }
    return found.sort((a, b) => b.weight - a.weight).slice(0, most);
  }
}
