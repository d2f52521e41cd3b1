// What is typed into the search box, in French or English, as a filter of RFC 8621 §4.4.1.
import type { Condition, EmailHead, Filter } from '../jmap/shapes';
import { plain } from '../store/people';

export type Field =
  | 'from' | 'to' | 'subject' | 'body' | 'in' | 'unread' | 'read' | 'starred' | 'attachment' | 'before' | 'after' | 'larger' | 'smaller' | 'filename' | 'label' | 'text';

export interface Term {
  field: Field;
  value: string;
  negated: boolean;
  /** As it was typed, for the chip. */
  typed: string;
}

/** Alternatives, each of terms that all hold. */
export interface Search {
  groups: Term[][];
}

const FIELDS: Record<string, Field> = {
  from: 'from', de: 'from', to: 'to', a: 'to', subject: 'subject', objet: 'subject', sujet: 'subject', body: 'body', texte: 'body', in: 'in', dans: 'in',
  before: 'before', avant: 'before', after: 'after', apres: 'after', older: 'before', 'plus-vieux': 'before', newer: 'after', 'plus-recent': 'after',
  larger: 'larger', 'plus-gros': 'larger', smaller: 'smaller', 'plus-petit': 'smaller', filename: 'filename', fichier: 'filename', label: 'label', etiquette: 'label',
};
const STATES: Record<string, Field> = {
  unread: 'unread', 'non-lu': 'unread', 'non-lus': 'unread', read: 'read', lu: 'read', starred: 'starred', favori: 'starred', suivi: 'starred',
};
const HAVING: Record<string, Field> = { attachment: 'attachment', piece: 'attachment', 'piece-jointe': 'attachment', pj: 'attachment' };

/** Words, with quoted ones in one piece. */
export function words(text: string): string[] {
  const found: string[] = [];
  let word = '';
  let quoted = false;
  for (const c of text) {
    if (c === '"' || c === '«' || c === '»') {
      quoted = c === '«' ? true : c === '»' ? false : !quoted;
      word += '"';
    } else if (/\s/.test(c) && !quoted) {
      if (word) found.push(word);
      word = '';
    } else word += c;
  }
  if (word) found.push(word);
  return found;
}

function unquoted(text: string): string {
  return text.replaceAll('"', '').trim();
}

export function parseSearch(text: string): Search {
  const groups: Term[][] = [[]];
  for (const word of words(text)) {
    if (word === 'OR' || word === 'OU') {
      if (groups.at(-1)!.length) groups.push([]);
      continue;
    }
    const negated = word.startsWith('-') && word.length > 1;
    const typed = negated ? word.slice(1) : word;
    const term = parseTerm(typed);
    if (term) groups.at(-1)!.push({ ...term, negated, typed: word });
  }
  return { groups: groups.filter((group) => group.length) };
}

function parseTerm(word: string): { field: Field; value: string } | null {
  const colon = word.startsWith('"') ? -1 : word.indexOf(':');
  if (colon > 0) {
    const name = plain(word.slice(0, colon));
    const value = unquoted(word.slice(colon + 1));
    if (!value) return null;
    if (name === 'is' || name === 'est') {
      const field = STATES[plain(value)];
      if (field) return { field, value: '' };
    } else if (name === 'has' || name === 'avec') {
      const field = HAVING[plain(value)];
      if (field) return { field, value: '' };
    } else if (FIELDS[name]) return { field: FIELDS[name], value };
  }
  const value = unquoted(word);
  return value ? { field: 'text', value } : null;
}

const DAY = 86_400_000;

/** 2026-09, 2026-09-12, 12/09/2026, 7j, 3m, 1a, hier: the instant where that begins; null for none. */
export function instant(text: string, now = new Date()): string | null {
  const value = plain(text);
  const day = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  if (value === 'hier' || value === 'yesterday') return new Date(day(now).getTime() - DAY).toISOString();
  if (value === "aujourd'hui" || value === 'aujourd’hui' || value === 'today') return day(now).toISOString();
  const ago = /^(\d{1,4})(j|d|s|w|m|a|y)$/.exec(value);
  if (ago) {
    const n = Number(ago[1]);
    const days = { j: 1, d: 1, s: 7, w: 7, m: 30, a: 365, y: 365 }[ago[2] as 'j'];
    return new Date(now.getTime() - n * days * DAY).toISOString();
  }
  const iso = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(value);
  const common = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
  const parts = iso ? [iso[1], iso[2] ?? 1, iso[3] ?? 1] : common ? [common[3], common[2], common[1]] : null;
  if (!parts) return null;
  const date = new Date(Number(parts[0]), Number(parts[1]) - 1, Number(parts[2]));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** 5Mo, 300k, 1.5GB as octets. */
export function octets(text: string): number | null {
  const found = /^(\d{1,9}(?:[.,]\d{1,3})?)\s*(k|m|g)?(?:o|b)?$/.exec(plain(text));
  if (!found) return null;
  const unit = { k: 1e3, m: 1e6, g: 1e9 }[found[2] as 'k'] ?? 1;
  return Math.round(Number(found[1]!.replace(',', '.')) * unit);
}

function condition(term: Term, mailbox: (name: string) => string | null): Condition | null {
  switch (term.field) {
    case 'from':
    case 'to':
    case 'subject':
    case 'body':
      return { [term.field]: term.value };
    case 'text':
      return { text: term.value };
    case 'in': {
      const id = mailbox(term.value);
      return id ? { inMailbox: id } : { text: term.value };
    }
    case 'unread':
      return { notKeyword: '$seen' };
    case 'read':
      return { hasKeyword: '$seen' };
    case 'starred':
      return { hasKeyword: '$flagged' };
    case 'attachment':
      return { hasAttachment: true };
    case 'before':
    case 'after': {
      const at = instant(term.value);
      return at ? { [term.field]: at } : null;
    }
    case 'larger': {
      const size = octets(term.value);
      return size === null ? null : { minSize: size };
    }
    case 'smaller': {
      const size = octets(term.value);
      return size === null ? null : { maxSize: size };
    }
    case 'filename':
      return { hasAttachment: true, text: term.value };
    case 'label':
      return { hasKeyword: term.value.toLowerCase() };
  }
}

export function toFilter(search: Search, mailbox: (name: string) => string | null): Filter {
  const groups = search.groups.map((group): Filter | null => {
    const conditions: Filter[] = [];
    for (const term of group) {
      const made = condition(term, mailbox);
      if (made) conditions.push(term.negated ? { operator: 'NOT', conditions: [made] } : made);
    }
    if (!conditions.length) return null;
    return conditions.length === 1 ? conditions[0]! : { operator: 'AND', conditions };
  });
  const kept = groups.filter((each): each is Filter => each !== null);
  if (!kept.length) return {};
  return kept.length === 1 ? kept[0]! : { operator: 'OR', conditions: kept };
}

/** Whether a letter fits as far as its row tells: hits before the server's. */
export function fits(search: Search, email: EmailHead): boolean {
  return search.groups.some((group) => group.every((term) => fitsTerm(term, email) !== term.negated));
}

function fitsTerm(term: Term, email: EmailHead): boolean {
  const wanted = plain(term.value);
  const people = (list: EmailHead['from']) => (list ?? []).some((each) => plain(`${each.name ?? ''} ${each.email}`).includes(wanted));
  switch (term.field) {
    case 'from':
      return people(email.from);
    case 'to':
      return people(email.to) || people(email.cc);
    case 'subject':
      return plain(email.subject ?? '').includes(wanted);
    case 'unread':
      return !email.keywords.$seen;
    case 'read':
      return Boolean(email.keywords.$seen);
    case 'starred':
      return Boolean(email.keywords.$flagged);
    case 'attachment':
      return email.hasAttachment;
    case 'before':
      return email.receivedAt < (instant(term.value) ?? '');
    case 'after':
      return email.receivedAt >= (instant(term.value) ?? '9');
    case 'larger':
      return email.size >= (octets(term.value) ?? Infinity);
    case 'smaller':
      return email.size < (octets(term.value) ?? 0);
    case 'label':
      return term.value.toLowerCase() in email.keywords;
    case 'in':
    case 'filename':
      return false;
    case 'text':
    case 'body':
      return people(email.from) || people(email.to) || plain(`${email.subject ?? ''} ${email.preview}`).includes(wanted);
  }
}
