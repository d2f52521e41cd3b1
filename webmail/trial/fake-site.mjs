// The built pages over the fake mail server: to look at them without the real one.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeServer } from '../test/fake-server.mjs';
import { write } from './rules-text.mjs';

const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2', webmanifest: 'application/manifest+json' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types dompurify default worker";

/** Letters as a box in a French village has them. */
export function village(user = 'alice@example.org') {
  const server = new FakeServer({ user, now: Date.now() });
  const at = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z/, 'Z');
  const seen = { $seen: true };
  const put = (name, email, minutes, subject, preview, more = {}) =>
    server.deliver({ from: [{ name, email }], receivedAt: at(minutes), subject, preview, keywords: { ...seen }, ...more });
  const pdf = (name, size) => ({ partId: '3', blobId: 'X', size, name, type: 'application/pdf', disposition: 'attachment', cid: null });
  put('Claire Martin', 'claire.martin@example.net', 9, 'Photos des vacances', 'Les voici enfin ! J’ai gardé les meilleures, dis-moi si tu veux les autres en grand.', {
    keywords: {}, attachments: [{ ...pdf('calanques.jpg', 2_400_000), type: 'image/jpeg' }, { ...pdf('port-miou.jpg', 1_800_000), type: 'image/jpeg' }],
  });
  put('Banque Postale', 'service-client@labanquepostaIe-verif.example', 75, 'Votre compte sera suspendu sous 24 h', 'Confirmez votre identité avant demain pour éviter la suspension.', {
    attachments: [pdf('facture.pdf.exe', 412_000)],
  });
  put('Mairie de Saint-Sulpice', 'mairie@saint-sulpice.example', 160, 'Compte rendu du conseil municipal', 'Madame, Monsieur, veuillez trouver ci-joint le compte rendu du conseil du 18 novembre.', { attachments: [pdf('compte-rendu-2026-11-18.pdf', 318_000)] });
  put('Le PC Déglingué', 'ateliers@pcdeglingue.example', 200, 'Atelier messagerie mardi 24 novembre', 'De 15 h à 17 h, salle des associations. Apportez votre ordinateur ou votre téléphone.', { keywords: {} });
  put('Noah Dubois', 'noah.dubois@example.net', 240, 'Re: devis toiture', 'Parfait, on part sur la variante B. Je préviens le couvreur et je te tiens au courant.', { threadId: 'T900', keywords: { ...seen, $flagged: true } });
  put('Alice Durand', user, 300, 'Re: devis toiture', 'La variante B me convient, sauf la gouttière côté jardin.', { threadId: 'T900', mailboxIds: { B3: true } });
  put('Noah Dubois', 'noah.dubois@example.net', 400, 'Devis toiture', 'Voici les deux variantes du couvreur. La B est plus chère mais tient trente ans.', { threadId: 'T900', attachments: [pdf('devis-toiture.pdf', 220_000)] });
  put('Zoé & Co', 'factures@zoe.example', 1500, 'Facture 2026-1182', 'Bonjour, vous trouverez votre facture du mois en pièce jointe.', { attachments: [pdf('facture-2026-1182.pdf', 96_000)] });
  put('La lettre du jardin', 'lettre@jardin.example', 1700, 'Novembre : bulbes et paillage', 'Ce mois-ci, plantez les tulipes avant les gelées et paillez les massifs.');
  put('Inès Laurent', 'ines@example.net', 4400, 'Déjeuner jeudi ?', '12 h 30 au marché couvert, ça te va ?', { keywords: { ...seen, $answered: true } });
  put('Paul Durand', 'paul.durand@example.org', 4500, 'Invitation : réunion de rentrée', 'Jeudi 26 nov., 18 h 00 – 19 h 00 · Répondre');
  put('Orange', 'facture@orange.example', 6000, 'Votre facture est disponible', 'Montant : 29,99 € · prélèvement le 2 décembre');
  put('Noah Dubois', 'noah.dubois@example.net', 6100, 'Clés du garage', 'Je les laisse chez Claire, elle passe demain.');
  for (let i = 0; i < 400; i++) put(['Claire Martin', 'Paul Durand', 'Orange', 'Inès Laurent'][i % 4], `p${i % 4}@example.net`, 8000 + i * 700, `Lettre ${400 - i}`, 'Bonjour Alice, voici quelques nouvelles de la maison et du jardin.');
  put('Alice Durand', user, 60, 'Anniversaire de Paul', 'Il faudrait réserver la salle', { mailboxIds: { B2: true }, keywords: { $draft: true, $seen: true } });
  put('Gagnez vite', 'x@spam.example', 90, 'Vous avez gagné', 'Cliquez ici', { mailboxIds: { B5: true }, keywords: {} });
  const id = (subject) => [...server.emails.values()].find((each) => each.subject === subject).id;
  const label = (n, keyword, name, color) => server.kept.Label.push({ id: `K${n}`, keyword, name, color, sortOrder: n });
  label(1, 'factures', 'Factures', 'green');
  label(2, 'maison', 'Maison', 'blue');
  label(3, 'urgent', 'À faire', 'red');
  for (const subject of ['Facture 2026-1182', 'Votre facture est disponible']) server.emails.get(id(subject)).keywords.factures = true;
  for (const subject of ['Re: devis toiture', 'Devis toiture']) server.emails.get(id(subject)).keywords.maison = true;
  Object.assign(server.emails.get(id('Atelier messagerie mardi 24 novembre')).keywords, { urgent: true });
  server.kept.Template.push(
    { id: 'M1', name: 'Itinéraire', subject: '', textBody: 'Prenez la route du port,\npuis la deuxième à gauche après l’église.', htmlBody: '' },
    { id: 'M2', name: 'Bien reçu', subject: 'Bien reçu', textBody: 'Bonjour,\n\nVotre demande est bien arrivée. Nous vous répondons sous huit jours.', htmlBody: '' },
  );
  const tomorrow = new Date(Date.now() + 86_400_000);
  tomorrow.setHours(8, 0, 0, 0);
  const later = put('Alice Durand', user, 30, 'Bon anniversaire', 'Bon anniversaire Bob !', { mailboxIds: { B3: true }, to: [{ name: 'Bob Petit', email: 'bob@example.org' }] });
  server.submissions.set('S1', { emailId: later, undoStatus: 'pending', sendAt: tomorrow.toISOString() });
  const card = (n, name, email, phone, organization) =>
    server.kept.ContactCard.push({ id: `C${n}`, uid: `u${n}`, addressBookIds: { AB1: true }, name: { full: name }, emails: { e: { address: email } }, ...(phone ? { phones: { p: { number: phone } } } : {}), ...(organization ? { organizations: { o: { name: organization } } } : {}) });
  card(1, 'Claire Martin', 'claire.martin@example.net', '+33 6 12 34 56 78', 'École des Pins');
  card(2, 'Inès Laurent', 'ines@example.net', '+33 6 98 76 54 32');
  card(3, 'Noah Dubois', 'noah.dubois@example.net', '', 'Dubois Couverture');
  card(4, 'Paul Durand', 'paul.durand@example.org');
  server.kept.Correspondent.push({ id: 'P1', email: 'mairie@saint-sulpice.example', name: 'Mairie de Saint-Sulpice', letters: 4, firstAt: '2026-01-02T10:00:00Z', lastAt: '2026-11-18T10:00:00Z' });
  const rules = [
    { name: 'Factures', on: true, all: false, conditions: [{ field: 'subject', not: false, value: 'facture' }, { field: 'from', not: false, value: 'facture' }], actions: [{ kind: 'label', keyword: 'factures' }, { kind: 'read' }], stop: false },
    { name: 'Lettres du jardin', on: false, all: true, conditions: [{ field: 'list', not: false, value: 'jardin' }], actions: [{ kind: 'move', mailbox: 'Archive', id: 'B4' }], stop: true },
  ];
  server.kept.SieveScript.push({ id: 'R1', name: 'rules', blobId: 'R1-1', isActive: true });
  server.script = write({ head: '', rules, rest: '' });
  return server;
}

const RECORDS = [
  ['exemple.fr.', 'MX', '10 mail.exemple.fr.', 'right', []],
  ['exemple.fr.', 'TXT', 'v=spf1 mx -all', 'other', ['v=spf1 include:_spf.hebergeur.example ~all']],
  ['facteur-r1._domainkey.exemple.fr.', 'TXT', 'v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAx7F2', 'missing', []],
  ['_dmarc.exemple.fr.', 'TXT', 'v=DMARC1; p=quarantine; rua=mailto:postmaster@exemple.fr', 'right', []],
  ['_imaps._tcp.exemple.fr.', 'SRV', '0 1 993 mail.exemple.fr.', 'unknown', []],
].map(([name, type, value, state, found]) => ({ name, type, value, state, found }));

/** What administrators are answered. */
const ADMIN = {
  'health': { good: true, checks: [{ what: 'domaines et personnes', good: true, state: '1 domaine, 3 comptes' }, { what: 'place libre', good: true, state: '76 994 Mio' }, { what: 'file d’attente', good: true, state: '2 lettres, dont 0 essayée plus de trois fois' }] },
  'dns': { records: RECORDS },
  'domain/list': [{ domain: 'exemple.fr', aliasOf: null, catchAll: null }, { domain: 'exemple.org', aliasOf: 'exemple.fr', catchAll: null }],
  'account/list': [['alice@exemple.fr', 'Alice Durand', true, true, 4200, 3.8e9], ['bob@exemple.fr', 'Bob Petit', true, false, 310, 2.1e8], ['zoe@exemple.fr', 'Zoé Petit', false, false, 12, 1.2e6]].map(([account, name, enabled, administrator, letters, bytes]) => ({ account, name, enabled, administrator, letters, bytes, quotaBytes: 15e9, quotaLetters: 2e6, language: 'fr' })),
  'alias/list': [{ alias: 'contact@exemple.fr', kind: 'alias', writers: 'anyone', targets: ['alice@exemple.fr'] }],
  'group/list': [{ alias: 'equipe@exemple.fr', kind: 'group', writers: 'here', targets: ['alice@exemple.fr', 'bob@exemple.fr'] }],
  'queue/list': [{ id: '12', sender: 'alice@exemple.fr', destination: 'lent.example', recipients: ['quelquun@lent.example'], bytes: 14_200, attempts: 2, next: new Date(Date.now() + 900_000).toISOString() }, { id: '16', sender: 'bob@exemple.fr', destination: 'loin.example', recipients: ['ami@loin.example'], bytes: 2_400_000, attempts: 0, next: 'held' }],
};
const SENT = {
  letters: [
    { id: '12', destination: 'lent.example', accepted: new Date(Date.now() - 3_600_000).toISOString(), steps: [{ at: new Date(Date.now() - 3_500_000).toISOString(), kind: 'deferred', recipients: ['quelquun@lent.example'], host: 'mx.lent.example', tls: 'TLS 1.3', status: '4.7.1', answer: 'Greylisted, try later', next: new Date(Date.now() + 900_000).toISOString() }] },
    { id: '8', destination: 'example.net', accepted: new Date(Date.now() - 86_400_000).toISOString(), steps: [{ at: new Date(Date.now() - 86_390_000).toISOString(), kind: 'relayed', recipients: ['claire.martin@example.net'], host: 'mx.example.net', tls: 'TLS 1.3', status: '2.0.0', answer: 'Accepted', next: null }] },
  ],
};

export function serve(dist, fake, port = 0) {
  let signedIn = true;
  const site = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const send = (status, type, text, more = {}) => response.writeHead(status, { 'Content-Type': type, ...more }).end(text);
    if (url.pathname === '/web/sign-in') {
      signedIn = JSON.parse(body).password !== 'wrong';
      return send(signedIn ? 200 : 401, 'application/json', '{"mustChange":false}');
    }
    if (url.pathname === '/web/sign-out') {
      signedIn = false;
      return send(200, 'application/json', '{}');
    }
    if (url.pathname === '/web/sessions') {
      const session = (id, current, agent) => ({ id, current, created: '2026-11-20T10:00:00Z', lastSeen: '2026-11-22T08:00:00Z', agent, source: '192.0.2.7' });
      return send(200, 'application/json', JSON.stringify({ sessions: [session('1', true, 'X11; Linux Chrome/156'), session('2', false, 'iPhone Safari/1')] }));
    }
    if (url.pathname === '/web/me') return send(200, 'application/json', '{"administrator":true}');
    if (url.pathname === '/web/sent') return send(200, 'application/json', JSON.stringify(SENT));
    if (url.pathname === '/web/setup') return send(200, 'application/json', '{"address":"alice@exemple.fr"}');
    if (url.pathname.startsWith('/web/admin/')) return send(200, 'application/json', JSON.stringify(ADMIN[url.pathname.slice('/web/admin/'.length)] ?? {}));
    if (url.pathname.startsWith('/jmap/download/') && url.pathname.includes('/R1-1/')) return send(200, 'application/sieve', fake.script ?? '');
    if (url.pathname.startsWith('/jmap') || url.pathname.startsWith('/.well-known')) {
      if (!signedIn) return send(401, 'application/json', '{}');
      const answer = await fake.fetch(request.url, { method: request.method, body: body.toString() });
      return send(answer.status, 'application/json', await answer.text());
    }
    const letter = /^\/m\/(L\d+)\/body\.html$/.exec(url.pathname);
    if (letter) {
      const email = fake.emails.get(letter[1]);
      const dark = url.searchParams.has('dark');
      const text = email?.html ?? `<div style="white-space:pre-wrap">${email?.bodyValues[1].value ?? ''}</div>`;
      return send(200, 'text/html; charset=utf-8', `<!doctype html><meta name="facteur-held" content="0"><style>body{margin:0;padding:16px;font:16px/25px system-ui;${dark ? 'background:#1b1d20;color:#eceae4' : ''}}</style><body>${text}</body>`, {
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-same-origin allow-popups; frame-ancestors 'self'",
      });
    }
    if (url.pathname.endsWith('source.txt')) return send(200, 'text/plain', 'From: claire@example.net\r\nSubject: Photos\r\n\r\nLes voici.');
    const file = join(dist, /\.\w+$/.test(url.pathname) ? url.pathname : 'index.html');
    if (!existsSync(file)) return send(404, 'text/plain', '');
    return send(200, TYPES[file.split('.').pop()] ?? 'application/octet-stream', readFileSync(file), { 'Content-Security-Policy': POLICY });
  });
  return new Promise((resolve) => site.listen(port, '127.0.0.1', () => resolve(site)));
}
