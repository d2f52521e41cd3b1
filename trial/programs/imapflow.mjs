// A person's mail through imapflow: arguments are the port of IMAP over TLS, address and password.
import assert from 'node:assert/strict';
import { ImapFlow } from 'imapflow';

const [port, user, pass] = process.argv.slice(2);

function client() {
  return new ImapFlow({
    host: '127.0.0.1',
    port: Number(port),
    secure: true,
    auth: { user, pass },
    tls: { rejectUnauthorized: false },
    logger: false,
  });
}

const letter = (subject, text) =>
  `From: Zoé <zoe@example.net>\r\nTo: ${user}\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.net>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`;

const one = client();
const two = client();
await one.connect();
await two.connect();

const made = await one.mailboxCreate(['Voyages', 'Été']);
assert.equal(made.path, 'Voyages/Été');
const folders = await one.list({ statusQuery: { messages: true, uidNext: true } });
const uses = new Map(folders.filter((each) => each.specialUse).map((each) => [each.specialUse, each.path]));
for (const use of ['\\Inbox', '\\Sent', '\\Trash', '\\Junk', '\\Drafts']) assert.ok(uses.has(use), `no ${use}`);
assert.ok(folders.some((each) => each.path === 'Voyages/Été' && each.status.messages === 0));

for (const subject of ['flow1', 'flow2', 'flow3']) {
  const placed = await one.append('Voyages/Été', letter(subject, `Déjà vu : ${subject}`), ['\\Flagged']);
  assert.ok(placed.uid > 0, 'no UID for a letter that was put');
}

const lock = await one.getMailboxLock('Voyages/Été');
try {
  assert.equal(one.mailbox.exists, 3);
  assert.ok(one.mailbox.highestModseq > 0n);
  const all = await one.fetchAll('1:*', {
    uid: true, flags: true, envelope: true, bodyStructure: true, size: true, internalDate: true, threadId: true,
  });
  assert.deepEqual(all.map((each) => each.envelope.subject), ['flow1', 'flow2', 'flow3']);
  assert.ok(all.every((each) => each.flags.has('\\Flagged') && each.size > 100 && each.emailId && each.threadId));
  assert.equal(all[0].bodyStructure.type, 'text/plain');
  assert.deepEqual(await one.search({ body: 'déjà vu', subject: 'flow2' }, { uid: true }), [all[1].uid]);
  const text = await one.download(String(all[2].uid), undefined, { uid: true });
  let whole = '';
  for await (const chunk of text.content) whole += chunk.toString('utf8');
  assert.equal(whole, letter('flow3', 'Déjà vu : flow3'));

  const before = one.mailbox.highestModseq;
  const inbox = await two.getMailboxLock('Voyages/Été');
  const news = new Promise((told) => one.once('exists', told));
  const marks = new Promise((told) => one.on('flags', (each) => each.flags.has('\\Seen') && told(each)));
  const idling = one.idle();
  await two.append('Voyages/Été', letter('flow4', 'news'));
  assert.equal((await news).count, 4);
  await two.messageFlagsAdd('1', ['\\Seen', '$Forwarded']);
  assert.equal((await marks).seq, 1);
  inbox.release();
  await one.noop();
  await idling;
  const changed = await one.fetchAll('1:*', { uid: true, flags: true }, { changedSince: before });
  assert.deepEqual(changed.map((each) => each.seq), [1, 4]);

  const moved = await one.messageMove(String(all[0].uid), uses.get('\\Trash'), { uid: true });
  assert.equal(moved.uidMap.size, 1);
  await one.messageDelete(String(all[1].uid), { uid: true });
  const left = await one.fetchAll('1:*', { envelope: true });
  assert.deepEqual(left.map((each) => each.envelope.subject), ['flow3', 'flow4']);
} finally {
  lock.release();
}
const quota = await one.getQuota('INBOX');
assert.ok(quota === false || quota.path === 'INBOX');
await one.mailboxRename('Voyages/Été', 'Voyages/Hiver');
assert.equal((await one.status('Voyages/Hiver', { messages: true })).messages, 2);
await one.logout();
await two.logout();
process.stdout.write('all was as it should be\n');
