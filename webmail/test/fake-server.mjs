// A mail server in a few hundred lines, for tests and for looking at pages without the real one:
// RFC 8620 and RFC 8621 as far as the pages go.

const BOXES = [
  ['B1', 'Inbox', 'inbox'], ['B2', 'Drafts', 'drafts'], ['B3', 'Sent', 'sent'], ['B4', 'Archive', 'archive'],
  ['B5', 'Junk', 'junk'], ['B6', 'Trash', 'trash'], ['B7', 'Maison', null], ['B8', 'Impôts', null],
];

export class FakeServer {
  constructor({ user = 'alice@example.org', now = Date.parse('2026-11-22T12:50:00Z') } = {}) {
    this.user = user;
    this.now = now;
    this.state = 1;
    this.emails = new Map();
    this.changes = [];
    this.blobs = new Map();
    this.submissions = new Map();
    this.identities = [{ id: 'I1', name: 'Alice Durand', email: user, replyTo: null, bcc: null, textSignature: 'Alice', htmlSignature: '', mayDelete: false }];
    this.kept = { Label: [], Template: [], Snooze: [], SieveScript: [], ContactCard: [], AddressBook: [{ id: 'AB1', name: 'Contacts', isDefault: true }], Correspondent: [], PeopleWishes: [{ id: 'singleton', learn: true }] };
    this.seenLists = new Map();
    this.requests = [];
    this.down = false;
    this.serial = 1;
  }

  session() {
    const mail = 'urn:ietf:params:jmap:mail';
    const none = {};
    return {
      capabilities: {
        'urn:ietf:params:jmap:core': { maxCallsInRequest: 16, maxObjectsInSet: 500, maxObjectsInGet: 500 },
        [mail]: none,
        'urn:ietf:params:jmap:submission': none,
        'urn:ietf:params:jmap:vacationresponse': none,
        'urn:ietf:params:jmap:quota': none,
        'urn:facteur:devices': none,
        'urn:facteur:snooze': none,
        'urn:facteur:labels': none,
        'urn:facteur:templates': none,
        'urn:facteur:people': none,
        'urn:ietf:params:jmap:contacts': none,
        'urn:ietf:params:jmap:sieve': none,
      },
      accounts: { A1: { name: this.user, isPersonal: true, isReadOnly: false, accountCapabilities: {} } },
      primaryAccounts: { [mail]: 'A1' },
      username: this.user,
      apiUrl: '/jmap/api',
      downloadUrl: '/jmap/download/{accountId}/{blobId}/{name}?type={type}',
      uploadUrl: '/jmap/upload/{accountId}/',
      eventSourceUrl: '',
      state: 's1',
    };
  }

  /** Puts a letter in. */
  deliver(letter = {}) {
    const n = this.serial++;
    const id = letter.id ?? `L${n}`;
    const email = {
      id,
      blobId: `F${n}`,
      threadId: letter.threadId ?? `T${n}`,
      mailboxIds: letter.mailboxIds ?? { B1: true },
      keywords: letter.keywords ?? {},
      size: letter.size ?? 4200,
      receivedAt: letter.receivedAt ?? new Date(this.now - n * 60_000).toISOString().replace(/\.\d+Z/, 'Z'),
      sentAt: letter.receivedAt ?? null,
      from: letter.from ?? [{ name: 'Claire Martin', email: 'claire@example.net' }],
      to: letter.to ?? [{ name: 'Alice Durand', email: this.user }],
      cc: letter.cc ?? null,
      bcc: null,
      replyTo: letter.replyTo ?? null,
      subject: letter.subject ?? `Lettre ${n}`,
      preview: letter.preview ?? 'Bonjour Alice,',
      hasAttachment: (letter.attachments ?? []).length > 0,
      messageId: [`${n}@example.net`],
      references: null,
      inReplyTo: null,
      textBody: [{ partId: '1', blobId: `P${n}`, size: 100, name: null, type: 'text/plain', disposition: null, cid: null }],
      htmlBody: letter.htmlBody ?? [{ partId: '1', blobId: `P${n}`, size: 100, name: null, type: 'text/plain', disposition: null, cid: null }],
      attachments: letter.attachments ?? [],
      bodyValues: { 1: { value: letter.text ?? letter.preview ?? 'Bonjour Alice,', isTruncated: false, isEncodingProblem: false } },
      html: letter.html ?? null,
    };
    this.emails.set(id, email);
    this.note({ created: id });
    return id;
  }

  note(change) {
    this.changes.push({ state: ++this.state, ...change });
  }

  mailboxes() {
    return BOXES.map(([id, name, role], i) => {
      const inside = [...this.emails.values()].filter((email) => id in email.mailboxIds);
      const unread = inside.filter((email) => !email.keywords.$seen);
      return {
        id, name, role, parentId: null, sortOrder: i, isSubscribed: true,
        totalEmails: inside.length, unreadEmails: unread.length,
        totalThreads: new Set(inside.map((e) => e.threadId)).size, unreadThreads: new Set(unread.map((e) => e.threadId)).size,
      };
    });
  }

  /** As `fetch`. */
  fetch = async (input, init = {}) => {
    const url = new URL(String(input), 'http://localhost');
    if (this.down) throw new TypeError('no line');
    if (url.pathname === '/.well-known/jmap') return json(this.session());
    if (url.pathname === '/jmap/api') {
      const request = JSON.parse(init.body);
      this.requests.push(request);
      return json(this.api(request));
    }
    if (url.pathname.startsWith('/jmap/upload/')) {
      const blobId = `U${this.serial++}`;
      this.blobs.set(blobId, init.body);
      return json({ accountId: 'A1', blobId, type: 'application/octet-stream', size: 3 });
    }
    return new Response('', { status: 404 });
  };

  api({ methodCalls }) {
    const answers = [];
    const made = {};
    for (const [name, args, id] of methodCalls) {
      try {
        const resolved = this.resolve(args, answers);
        const method = this[name.replace('/', '_')];
        if (!method) throw { type: 'unknownMethod' };
        answers.push([name, method.call(this, resolved, made, answers, id), id]);
      } catch (fault) {
        if (fault instanceof Error) throw fault;
        answers.push(['error', fault, id]);
      }
    }
    return { methodResponses: answers, sessionState: 's1' };
  }

  resolve(args, answers) {
    const out = {};
    for (const [key, value] of Object.entries(args)) {
      if (!key.startsWith('#')) {
        out[key] = value;
        continue;
      }
      const answer = answers.find(([name, , id]) => id === value.resultOf && name === value.name);
      if (!answer) throw { type: 'invalidResultReference' };
      out[key.slice(1)] = point(answer[1], value.path);
    }
    return out;
  }

  Core_echo(args) {
    return args;
  }

  Mailbox_get({ ids }) {
    const list = this.mailboxes().filter((box) => !ids || ids.includes(box.id));
    return { state: String(this.state), list, notFound: [] };
  }

  Identity_get() {
    return { state: '1', list: this.identities, notFound: [] };
  }

  Identity_set({ update }) {
    for (const [id, change] of Object.entries(update ?? {})) Object.assign(this.identities.find((each) => each.id === id), change);
    return { oldState: '1', newState: '2', updated: Object.fromEntries(Object.keys(update ?? {}).map((id) => [id, null])) };
  }

  Quota_get() {
    return { state: '1', list: [{ id: 'Q1', resourceType: 'octets', used: 3_800_000_000, hardLimit: 10_000_000_000, scope: 'account' }], notFound: [] };
  }

  VacationResponse_get() {
    return { state: '1', list: [{ id: 'singleton', isEnabled: false, fromDate: null, toDate: null, subject: null, textBody: null, htmlBody: null }], notFound: [] };
  }

  VacationResponse_set() {
    return { oldState: '1', newState: '2', updated: { singleton: null } };
  }

  Device_get() {
    return {
      state: '1',
      list: [
        { id: '2', name: 'Téléphone de Claire', created: '2026-10-02T08:00:00Z' },
        { id: '3', name: 'Thunderbird, bureau', created: '2026-11-02T08:00:00Z' },
      ],
      notFound: [],
    };
  }

  /** Small objects that are kept as they are. */
  keptGet(type, ids) {
    return { state: String(this.state), list: structuredClone(this.kept[type].filter((each) => !ids || ids.includes(each.id))), notFound: [] };
  }
  Label_get = ({ ids }) => this.keptGet('Label', ids);
  Template_get = ({ ids }) => this.keptGet('Template', ids);
  Snooze_get = ({ ids }) => this.keptGet('Snooze', ids);
  SieveScript_get = ({ ids }) => this.keptGet('SieveScript', ids);
  AddressBook_get = ({ ids }) => this.keptGet('AddressBook', ids);
  Correspondent_get = ({ ids }) => this.keptGet('Correspondent', ids);
  PeopleWishes_get = ({ ids }) => this.keptGet('PeopleWishes', ids);
  ContactCard_get = ({ ids }) => this.keptGet('ContactCard', ids);
  ContactCard_query() {
    return { queryState: '1', canCalculateChanges: false, position: 0, ids: this.kept.ContactCard.map((each) => each.id) };
  }
  Person_suggest() {
    return { list: [] };
  }

  EmailSubmission_query({ filter }) {
    const ids = [...this.submissions].filter(([, each]) => !filter?.undoStatus || each.undoStatus === filter.undoStatus).map(([id]) => id);
    return { queryState: '1', canCalculateChanges: false, position: 0, ids };
  }

  EmailSubmission_get({ ids }) {
    const list = [...this.submissions].filter(([id]) => !ids || ids.includes(id)).map(([id, each]) => ({ id, sendAt: new Date(this.now + 3600_000).toISOString(), ...each }));
    return { state: '1', list, notFound: [] };
  }

  listed({ filter, collapseThreads }) {
    let list = [...this.emails.values()].filter((email) => fits(email, filter ?? {}));
    list.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : a.receivedAt > b.receivedAt ? -1 : a.id < b.id ? 1 : -1));
    if (collapseThreads) {
      const seen = new Set();
      list = list.filter((email) => !seen.has(email.threadId) && seen.add(email.threadId));
    }
    const ids = list.map((email) => email.id);
    this.seenLists.set(`${this.state} ${JSON.stringify([filter, collapseThreads])}`, ids);
    return ids;
  }

  Email_query({ filter, position = 0, limit = 100, collapseThreads }) {
    const all = this.listed({ filter, collapseThreads });
    return { queryState: String(this.state), canCalculateChanges: true, position, ids: all.slice(position, position + limit), total: all.length };
  }

  Email_queryChanges({ filter, collapseThreads, sinceQueryState, upToId }) {
    const before = this.seenLists.get(`${sinceQueryState} ${JSON.stringify([filter, collapseThreads])}`);
    if (!before) throw { type: 'cannotCalculateChanges' };
    const now = this.listed({ filter, collapseThreads });
    const end = upToId === undefined ? -1 : now.indexOf(upToId);
    const added = now.map((id, index) => ({ id, index })).filter(({ id, index }) => !before.includes(id) && (end < 0 || index <= end));
    return { oldQueryState: sinceQueryState, newQueryState: String(this.state), total: now.length, removed: before.filter((id) => !now.includes(id)), added };
  }

  Email_get({ ids, properties }) {
    const list = [];
    const notFound = [];
    for (const id of ids) {
      const email = this.emails.get(id);
      if (email) list.push(Object.fromEntries((properties ?? Object.keys(email)).map((key) => [key, structuredClone(email[key] ?? null)])));
      else notFound.push(id);
    }
    return { state: String(this.state), list, notFound };
  }

  Email_changes({ sinceState }) {
    const since = this.changes.filter((change) => change.state > Number(sinceState));
    const pick = (key) => [...new Set(since.map((change) => change[key]).filter(Boolean))];
    const created = pick('created');
    return {
      oldState: sinceState, newState: String(this.state), hasMoreChanges: false,
      created, updated: pick('updated').filter((id) => !created.includes(id)), destroyed: pick('destroyed'),
    };
  }

  Email_set({ create, update, destroy }, made) {
    const answer = { oldState: String(this.state), created: {}, updated: {}, destroyed: [], notCreated: {}, notUpdated: {}, notDestroyed: {} };
    for (const [key, email] of Object.entries(create ?? {})) {
      const id = this.deliver({ ...email, text: email.bodyValues?.text?.value, preview: (email.bodyValues?.text?.value ?? '').slice(0, 200) });
      made[key] = id;
      answer.created[key] = { id, blobId: 'F', threadId: this.emails.get(id).threadId, size: 100 };
    }
    for (const [id, patch] of Object.entries(update ?? {})) {
      const email = this.emails.get(id);
      if (!email || this.refuse?.(id)) {
        answer.notUpdated[id] = { type: email ? 'forbidden' : 'notFound' };
        continue;
      }
      apply(email, patch);
      this.note({ updated: id });
      answer.updated[id] = null;
    }
    for (const id of destroy ?? []) {
      if (this.emails.delete(id)) {
        this.note({ destroyed: id });
        answer.destroyed.push(id);
      } else answer.notDestroyed[id] = { type: 'notFound' };
    }
    answer.newState = String(this.state);
    return answer;
  }

  EmailSubmission_set({ create, update, onSuccessUpdateEmail }, made) {
    const answer = { oldState: '1', newState: '2', created: {}, updated: {}, notCreated: {}, notUpdated: {} };
    const done = {};
    for (const [key, submission] of Object.entries(create ?? {})) {
      const id = `S${this.serial++}`;
      const emailId = submission.emailId.startsWith('#') ? made[submission.emailId.slice(1)] : submission.emailId;
      this.submissions.set(id, { ...submission, emailId, undoStatus: submission.envelope?.mailFrom?.parameters ? 'pending' : 'final' });
      answer.created[key] = { id };
      done[`#${key}`] = emailId;
    }
    for (const [id, change] of Object.entries(update ?? {})) {
      const submission = this.submissions.get(id);
      if (!submission || submission.undoStatus === 'final') {
        answer.notUpdated[id] = { type: 'cannotUnsend' };
        continue;
      }
      Object.assign(submission, change);
      answer.updated[id] = null;
      done[id] = submission.emailId;
    }
    for (const [key, patch] of Object.entries(onSuccessUpdateEmail ?? {})) {
      if (done[key]) {
        apply(this.emails.get(done[key]), patch);
        this.note({ updated: done[key] });
      }
    }
    return answer;
  }

  Thread_get({ ids }) {
    const list = [...new Set(ids)].map((id) => ({
      id,
      emailIds: [...this.emails.values()].filter((email) => email.threadId === id).sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1)).map((email) => email.id),
    }));
    return { state: String(this.state), list, notFound: [] };
  }
}

function json(value) {
  return new Response(JSON.stringify(value), { status: 200, headers: { 'Content-Type': 'application/json' } });
}

function apply(email, patch) {
  for (const [path, value] of Object.entries(patch)) {
    const [field, name] = path.split('/');
    if (name === undefined) email[field] = value;
    else if (value === null) delete email[field][name];
    else email[field][name] = value;
  }
}

function point(value, path) {
  let found = [value];
  let many = false;
  for (const name of path.split('/').slice(1)) {
    if (name === '*') {
      many = true;
      found = found.flat();
    } else found = found.flatMap((each) => (many ? each[name] : [each[name]]));
  }
  return many ? found.flat() : found[0];
}

function fits(email, filter) {
  if (filter.operator) {
    const results = filter.conditions.map((each) => fits(email, each));
    return filter.operator === 'AND' ? results.every(Boolean) : filter.operator === 'OR' ? results.some(Boolean) : !results.some(Boolean);
  }
  const has = (list, text) => (list ?? []).some((each) => `${each.name} ${each.email}`.toLowerCase().includes(text.toLowerCase()));
  return Object.entries(filter).every(([key, value]) => {
    switch (key) {
      case 'inMailbox': return value in email.mailboxIds;
      case 'hasKeyword': return value in email.keywords;
      case 'notKeyword': return !(value in email.keywords);
      case 'hasAttachment': return email.hasAttachment === value;
      case 'from': return has(email.from, value);
      case 'to': return has(email.to, value);
      case 'subject': return email.subject.toLowerCase().includes(value.toLowerCase());
      case 'before': return email.receivedAt < value;
      case 'after': return email.receivedAt >= value;
      case 'minSize': return email.size >= value;
      case 'text': return has(email.from, value) || `${email.subject} ${email.preview}`.toLowerCase().includes(value.toLowerCase());
      default: return true;
    }
  });
}
