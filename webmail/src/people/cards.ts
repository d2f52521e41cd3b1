// Cards as the page shows and changes them: the few properties people know (RFC 9553).
import type { ContactCard } from '../jmap/types';

export interface Fields {
  name: string;
  emails: string[];
  phones: string[];
  organization: string;
  note: string;
}

function values<T>(map: Record<string, T> | undefined): T[] {
  return Object.values(map ?? {});
}

/** What a card is called. */
export function cardName(card: ContactCard): string {
  const parts = card.name?.components?.filter((each) => each.kind !== 'separator').map((each) => each.value) ?? [];
  return card.name?.full || parts.join(' ') || values(card.organizations)[0]?.name || values(card.emails)[0]?.address || '';
}

export function fieldsOf(card: ContactCard | null): Fields {
  return {
    name: card ? card.name?.full || (card.name?.components ? cardName(card) : '') : '',
    emails: values(card?.emails).map((each) => each.address),
    phones: values(card?.phones).map((each) => each.number),
    organization: values(card?.organizations)[0]?.name ?? '',
    note: values(card?.notes)
      .map((each) => each.note)
      .join('\n'),
  };
}

/** A map whose entries have the given values in order; entries that stay keep what else they say. */
function merged<T extends object>(before: Record<string, T> | undefined, wanted: string[], key: string, prefix: string): Record<string, T> | null {
  const old = Object.entries(before ?? {});
  const next: Record<string, T> = {};
  const used = new Set(old.map(([id]) => id));
  for (const value of wanted) {
    const at = old.findIndex(([, entry]) => (entry as Record<string, unknown>)[key] === value);
    if (at >= 0) {
      const [id, entry] = old.splice(at, 1)[0]!;
      next[id] = entry;
    } else {
      let n = 1;
      while (used.has(`${prefix}${n}`)) n++;
      used.add(`${prefix}${n}`);
      next[`${prefix}${n}`] = { [key]: value } as T;
    }
  }
  return wanted.length ? next : null;
}

/** What changes in a card, or what a new one holds; nothing else of it is touched. */
export function patchOf(card: ContactCard | null, fields: Fields): Record<string, unknown> {
  const before = fieldsOf(card);
  const patch: Record<string, unknown> = {};
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (!same(before.name, fields.name)) patch.name = fields.name ? { full: fields.name } : null;
  if (!same(before.emails, fields.emails)) patch.emails = merged(card?.emails, fields.emails, 'address', 'e');
  if (!same(before.phones, fields.phones)) patch.phones = merged(card?.phones, fields.phones, 'number', 'p');
  if (!same(before.organization, fields.organization)) patch.organizations = fields.organization ? merged(undefined, [fields.organization], 'name', 'o') : null;
  if (!same(before.note, fields.note)) patch.notes = fields.note ? merged(undefined, [fields.note], 'note', 'n') : null;
  if (!card) for (const key of Object.keys(patch)) if (patch[key] === null) delete patch[key];
  return patch;
}
