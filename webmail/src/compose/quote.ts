// What of a letter goes into an answer, and to whom the answer goes.
import { writtenDate } from '../i18n/dates';
import { t } from '../i18n/words';
import type { Address, BodyPart, EmailFull } from '../jmap/shapes';

export type AnswerKind = 'reply' | 'all' | 'forward';

function without(list: Address[], taken: Set<string>): Address[] {
  const kept: Address[] = [];
  for (const each of list) {
    const key = each.email.toLowerCase();
    if (!key || taken.has(key)) continue;
    taken.add(key);
    kept.push(each);
  }
  return kept;
}

/** To whom an answer goes. An answer to a letter of one's own goes where that went. */
export function recipients(email: EmailFull, kind: AnswerKind, own: string[]): { to: Address[]; cc: Address[] } {
  if (kind === 'forward') return { to: [], cc: [] };
  const mine = (email.from ?? []).some((each) => own.includes(each.email.toLowerCase()));
  const first = mine ? (email.to ?? []) : email.replyTo?.length ? email.replyTo : (email.from ?? []);
  const taken = new Set(own);
  let to = without(first, taken);
  if (!to.length) to = first.slice(0, 1);
  if (kind === 'reply') return { to, cc: [] };
  const rest = mine ? [] : (email.to ?? []);
  return { to, cc: without([...rest, ...(email.cc ?? [])], taken) };
}

/** `Re : ` or `Fwd: ` once, in the person's language. */
export function answerSubject(subject: string | null, kind: AnswerKind): string {
  const bare = (subject ?? '').replace(/^\s*((re|fwd?|tr|rép|rep|aw|wg)\s*(\[\d+\])?\s*:\s*)+/i, '').trim();
  return `${kind === 'forward' ? 'Fwd: ' : 'Re: '}${bare}`;
}

/** References of an answer (RFC 5322 §3.6.4). */
export function references(email: EmailFull): string[] {
  const before = email.references ?? email.inReplyTo ?? [];
  return [...before, ...(email.messageId ?? [])].slice(-30);
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function person(address: Address | undefined): string {
  if (!address) return t('nobody');
  return address.name ? `${address.name} <${address.email}>` : address.email;
}

/** The words above what is quoted. */
export function attribution(email: EmailFull, kind: AnswerKind): string {
  const date = writtenDate(email.sentAt ?? email.receivedAt);
  if (kind !== 'forward') return t('quote.wrote', { date, who: person(email.from?.[0]) });
  return [
    t('quote.forwarded'),
    `${t('from')}: ${(email.from ?? []).map(person).join(', ')}`,
    `${t('date')}: ${date}`,
    `${t('subject')}: ${email.subject ?? ''}`,
    `${t('to')}: ${(email.to ?? []).map(person).join(', ')}`,
  ].join('\n');
}

/** The plain text of a letter, as it is quoted in plain text. */
export function plainText(email: EmailFull): string {
  return email.textBody
    .map((part) => (part.partId ? (email.bodyValues[part.partId]?.value ?? '') : ''))
    .join('\n')
    .replaceAll('\r\n', '\n');
}

export function quotePlain(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n');
}

/** Whether a letter came as plain text alone: it is answered so. */
export function isPlain(email: EmailFull): boolean {
  return email.htmlBody.every((part) => part.type === 'text/plain');
}

/** Pictures that the quoted text shows. */
export function quotedPictures(email: EmailFull, html: string): BodyPart[] {
  return email.attachments.filter((part) => part.cid && part.blobId && html.includes(`cid:${part.cid}`));
}

/** Whether the text speaks of a file that is not there. */
export function forgotFile(text: string, files: number): boolean {
  return (
    files === 0 &&
    /\b(ci-joint|ci-jointe|ci-joints|pi[èe]ces? jointes?|en pi[èe]ce jointe|vous trouverez joint|attached|attachment|enclosed)\b/i.test(text)
  );
}

/** Whether a text is an address, as far as a typing mistake would show. */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  return at > 0 && at <= 64 && !/[\s<>,;"()]/.test(text) && domain.length <= 253 && /^[^.\s][^\s]*\.[^\s.]{2,}$/.test(domain) && !domain.includes('..');
}

/** Addresses in a text that was typed or pasted: `Ann <a@x.org>, b@y.org`. */
export function parseAddresses(text: string): { good: Address[]; rest: string } {
  const good: Address[] = [];
  const bad: string[] = [];
  let piece = '';
  let quoted = false;
  const end = () => {
    const trimmed = piece.trim();
    piece = '';
    if (!trimmed) return;
    const open = trimmed.lastIndexOf('<');
    if (open >= 0 && trimmed.endsWith('>')) {
      const email = trimmed.slice(open + 1, -1).trim();
      const name = trimmed.slice(0, open).trim().replace(/^"(.*)"$/, '$1').replaceAll('\\"', '"');
      if (isAddress(email)) good.push({ name: name || null, email });
      else bad.push(trimmed);
    } else if (isAddress(trimmed)) good.push({ name: null, email: trimmed });
    else bad.push(trimmed);
  };
  for (const c of text) {
    if (c === '"') quoted = !quoted;
    if (!quoted && (c === ',' || c === ';' || c === '\n')) end();
    else piece += c;
  }
  end();
  return { good, rest: bad.join(', ') };
}

/** What a `mailto:` asks for; only fields that do no harm (RFC 6068 §7). */
export function parseMailto(text: string): { to: Address[]; cc: Address[]; subject: string; body: string } {
  const rest = text.replace(/^mailto:/i, '');
  const mark = rest.indexOf('?');
  const decode = (value: string) => {
    try {
      return decodeURIComponent(value);
    } catch {
      return value;
    }
  };
  const to = decode(mark < 0 ? rest : rest.slice(0, mark));
  const fields = new Map<string, string>();
  for (const pair of mark < 0 ? [] : rest.slice(mark + 1).split('&')) {
    const [name = '', value = ''] = pair.split('=', 2);
    fields.set(name.toLowerCase(), decode(value));
  }
  return {
    to: parseAddresses(`${to},${fields.get('to') ?? ''}`).good,
    cc: parseAddresses(fields.get('cc') ?? '').good,
    subject: (fields.get('subject') ?? '').slice(0, 500),
    body: (fields.get('body') ?? '').slice(0, 20_000),
  };
}
