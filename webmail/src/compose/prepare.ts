// How a new letter begins: empty, as an answer, from a draft, from a mailto: link.
import type { EmailFull } from '../jmap/shapes';
import type { MailStore } from '../store/mail';
import { frameAddress } from '../reader/frame';
import { emptyDraft, type Draft } from './draft';
import { answerSubject, attribution, escapeHtml, isPlain, parseMailto, plainText, quotedPictures, quotePlain, recipients, references, type AnswerKind } from './quote';

/** The text of a letter without what could act, as the server gives it for quoting. */
async function quotable(id: string): Promise<string> {
  const answer = await fetch(frameAddress(id, { images: false, dark: false, quote: true }));
  if (!answer.ok) return '';
  const text = await answer.text();
  const open = text.indexOf('<body');
  const start = text.indexOf('>', open) + 1;
  const end = text.lastIndexOf('</body>');
  return open < 0 ? text : text.slice(start, end < 0 ? undefined : end).trim();
}

function textToHtml(text: string): string {
  return text
    .split('\n')
    .map((line) => `<div>${escapeHtml(line) || '<br>'}</div>`)
    .join('');
}

async function answering(mail: MailStore, id: string, kind: AnswerKind, clean: (html: string) => string): Promise<Draft> {
  const email: EmailFull = await mail.full(id);
  const own = mail.identities.value.map((each) => each.email.toLowerCase());
  const draft = emptyDraft(`new-${kind}-${id}`);
  Object.assign(draft, recipients(email, kind, own));
  draft.subject = answerSubject(email.subject, kind);
  draft.attribution = attribution(email, kind);
  draft.answers = { id, keyword: kind === 'forward' ? '$forwarded' : '$answered' };
  if (kind !== 'forward') {
    draft.inReplyTo = email.messageId;
    draft.references = references(email);
  }
  const addressed = [...(email.to ?? []), ...(email.cc ?? [])].map((each) => each.email.toLowerCase());
  draft.identityId = mail.identities.value.find((each) => addressed.includes(each.email.toLowerCase()))?.id ?? null;
  draft.plain = kind !== 'forward' && isPlain(email);
  draft.quoteText = kind === 'forward' ? plainText(email) : quotePlain(plainText(email));
  if (!draft.plain) {
    draft.quoteHtml = clean(await quotable(id));
    for (const part of quotedPictures(email, draft.quoteHtml)) {
      draft.files.push({ blobId: part.blobId!, name: part.name ?? 'image', type: part.type, size: part.size, cid: part.cid });
    }
  }
  if (kind === 'forward') {
    for (const part of email.attachments) {
      if (part.blobId && !draft.files.some((file) => file.blobId === part.blobId)) {
        draft.files.push({ blobId: part.blobId, name: part.name ?? 'file', type: part.type, size: part.size, cid: null });
      }
    }
  }
  return draft;
}

async function continuing(mail: MailStore, id: string, clean: (html: string) => string): Promise<Draft> {
  const email = await mail.full(id);
  const draft = emptyDraft(`draft-${id}`);
  const plain = isPlain(email);
  Object.assign(draft, {
    serverId: id,
    to: email.to ?? [],
    cc: email.cc ?? [],
    bcc: email.bcc ?? [],
    subject: email.subject ?? '',
    inReplyTo: email.inReplyTo,
    references: email.references,
    plain,
    text: plain ? plainText(email).trimEnd() : '',
    html: plain ? '' : clean(await quotable(id)),
  } satisfies Partial<Draft>);
  for (const part of email.attachments) {
    if (part.blobId) {
      draft.files.push({ blobId: part.blobId, name: part.name ?? 'file', type: part.type, size: part.size, cid: part.disposition === 'inline' ? part.cid : null });
    }
  }
  return draft;
}

/** The draft that an address of the page asks for; what was kept of it in this browser goes first. */
export async function prepare(mail: MailStore, params: URLSearchParams, clean: (html: string) => string): Promise<Draft> {
  for (const kind of ['reply', 'all', 'forward'] as const) {
    const id = params.get(kind);
    if (id) return (await mail.db.get<Draft>('drafts', `new-${kind}-${id}`)) ?? answering(mail, id, kind, clean);
  }
  const id = params.get('draft');
  if (id) return (await mail.db.get<Draft>('drafts', `draft-${id}`)) ?? continuing(mail, id, clean);
  const link = params.get('mailto');
  if (link) {
    const asked = parseMailto(link);
    return { ...emptyDraft('new-mailto'), to: asked.to, cc: asked.cc, subject: asked.subject, html: textToHtml(asked.body) };
  }
  const to = params.get('to');
  if (to) return { ...emptyDraft('new'), to: parseMailto(to).to };
  return (await mail.db.get<Draft>('drafts', 'new')) ?? emptyDraft('new');
}
