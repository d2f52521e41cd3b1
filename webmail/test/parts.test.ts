import { beforeAll, describe, expect, it } from 'vitest';
import fr from '../src/i18n/fr.json';
import en from '../src/i18n/en.json';
import { compile, differences, typeset } from '../build/messages.mjs';
import { answerSubject, forgotFile, isAddress, parseAddresses, parseMailto, quotePlain, recipients, references } from '../src/compose/quote';
import { fileSize, shortDate } from '../src/i18n/dates';
import { speak, t } from '../src/i18n/words';
import type { EmailFull } from '../src/jmap/shapes';
import { folderTree } from '../src/mail/folders';
import { dangerOf } from '../src/reader/attachments';
import { siteOf } from '../src/reader/link-card';
import { instant, octets, parseSearch, toFilter, words } from '../src/search/grammar';
import { parseRoute, searchPath } from '../src/app/router';
import { sight, TALLEST } from '../src/ui/virtual-list';

beforeAll(() => speak('fr'));

describe('sentences', () => {
  it('are all there in both languages and ask for the same values', () => {
    expect(differences({ fr, en })).toEqual([]);
  });

  it('choose by number', () => {
    expect(t('done.archived', { n: 1 })).toBe('Courrier archivé');
    expect(t('done.archived', { n: 12 })).toBe('12 courriers archivés');
  });

  it('have French spaces and apostrophes', () => {
    expect(typeset("« Où ? » : l'objet", 'fr')).toBe('«\u00a0Où\u202f?\u00a0»\u00a0: l’objet');
    expect(typeset("it's: ok?", 'en')).toBe('it’s: ok?');
  });

  it('that are broken fail the build', () => {
    expect(differences({ fr: { a: '{n}' }, en: { a: '{m}' } })).toHaveLength(1);
    expect(differences({ fr: { a: 'x' }, en: {} })).toHaveLength(1);
    expect(() => compile({ a: '{n, plural, one {x}}' }, 'fr')).toThrow();
  });
});

describe('dates and sizes', () => {
  const now = new Date('2026-11-22T15:00:00');
  it('are short where they can be', () => {
    expect(shortDate('2026-11-22T12:41:00', now)).toBe('12:41');
    expect(shortDate('2026-11-21T12:41:00', now)).toBe('hier');
    expect(shortDate('2026-11-17T12:41:00', now)).toBe('mar.');
    expect(shortDate('2026-10-02T12:41:00', now)).toContain('oct');
    expect(shortDate('2024-02-03T12:41:00', now)).toBe('03/02/2024');
  });

  it('have units people know', () => {
    expect(fileSize(412_000)).toBe('412\u00a0Ko');
    expect(fileSize(3_800_000_000)).toBe('3,8\u00a0Go');
  });
});

describe('a search', () => {
  const filter = (text: string) => toFilter(parseSearch(text), (name) => (name === 'réception' ? 'B1' : null));

  it('knows operators of both languages', () => {
    expect(filter('de:claire')).toEqual({ from: 'claire' });
    expect(filter('from:claire is:unread')).toEqual({ operator: 'AND', conditions: [{ from: 'claire' }, { notKeyword: '$seen' }] });
    expect(filter('à:paul avec:pièce')).toEqual({ operator: 'AND', conditions: [{ to: 'paul' }, { hasAttachment: true }] });
    expect(filter('dans:réception')).toEqual({ inMailbox: 'B1' });
    expect(filter('est:favori')).toEqual({ hasKeyword: '$flagged' });
  });

  it('keeps quoted words together, negates and offers alternatives', () => {
    expect(words('a "b c" d')).toEqual(['a', '"b c"', 'd']);
    expect(filter('"devis toiture" -urgent')).toEqual({
      operator: 'AND',
      conditions: [{ text: 'devis toiture' }, { operator: 'NOT', conditions: [{ text: 'urgent' }] }],
    });
    expect(filter('chat OU chien')).toEqual({ operator: 'OR', conditions: [{ text: 'chat' }, { text: 'chien' }] });
  });

  it('takes what it does not know for text', () => {
    expect(filter('heure:12:30')).toEqual({ text: 'heure:12:30' });
    expect(filter('avant:jamais')).toEqual({});
    expect(filter('::: - "" OU')).toEqual({ operator: 'AND', conditions: [{ text: ':::' }, { text: '-' }] });
  });

  it('reads dates and sizes', () => {
    expect(instant('2026-09')).toBe(new Date(2026, 8, 1).toISOString());
    expect(instant('12/09/2026')).toBe(new Date(2026, 8, 12).toISOString());
    expect(instant('7j', new Date('2026-11-22T00:00:00Z'))).toBe('2026-11-15T00:00:00.000Z');
    expect(octets('5Mo')).toBe(5_000_000);
    expect(octets('1,5 g')).toBe(1_500_000_000);
    expect(octets('beaucoup')).toBeNull();
  });
});

describe('an answer', () => {
  const email = {
    from: [{ name: 'Claire', email: 'claire@example.net' }],
    to: [{ name: 'Alice', email: 'Alice@example.org' }, { name: 'Paul', email: 'paul@example.net' }],
    cc: [{ name: null, email: 'zoe@example.net' }],
    replyTo: null,
    messageId: ['m1@x'],
    references: ['m0@x'],
    inReplyTo: null,
  } as unknown as EmailFull;
  const own = ['alice@example.org'];

  it('goes to who wrote, or to all but oneself', () => {
    expect(recipients(email, 'reply', own)).toEqual({ to: [{ name: 'Claire', email: 'claire@example.net' }], cc: [] });
    const all = recipients(email, 'all', own);
    expect(all.to.map((each) => each.email)).toEqual(['claire@example.net']);
    expect(all.cc.map((each) => each.email)).toEqual(['paul@example.net', 'zoe@example.net']);
  });

  it('to a letter of one’s own goes where that went', () => {
    const sent = { ...email, from: [{ name: 'Alice', email: 'alice@example.org' }], to: [{ name: 'Paul', email: 'paul@example.net' }] };
    expect(recipients(sent, 'reply', own).to[0]?.email).toBe('paul@example.net');
  });

  it('has one prefix and its references', () => {
    expect(answerSubject('Re : RE: Tr: devis', 'reply')).toBe('Re: devis');
    expect(answerSubject(null, 'forward')).toBe('Fwd: ');
    expect(references(email)).toEqual(['m0@x', 'm1@x']);
  });

  it('quotes lines', () => {
    expect(quotePlain('a\n> b\n')).toBe('> a\n>> b');
  });

  it('notices a forgotten file', () => {
    expect(forgotFile('Vous trouverez ci-joint le devis', 0)).toBe(true);
    expect(forgotFile('Vous trouverez ci-joint le devis', 1)).toBe(false);
    expect(forgotFile('Bonjour', 0)).toBe(false);
  });
});

describe('addresses', () => {
  it('are read as typed or pasted', () => {
    expect(parseAddresses('"Martin, Claire" <c@x.org>; paul@y.org, rien')).toEqual({
      good: [{ name: 'Martin, Claire', email: 'c@x.org' }, { name: null, email: 'paul@y.org' }],
      rest: 'rien',
    });
    expect(isAddress('a@b')).toBe(false);
    expect(isAddress('a b@c.org')).toBe(false);
    expect(isAddress('é@exemple.fr')).toBe(true);
  });

  it('of mailto take no harmful fields', () => {
    const made = parseMailto('mailto:a@x.org?subject=S%C3%A9jour&cc=b@x.org&bcc=spy@x.org&attach=/etc/passwd&body=Bonjour%20%');
    expect(made).toEqual({ to: [{ name: null, email: 'a@x.org' }], cc: [{ name: null, email: 'b@x.org' }], subject: 'Séjour', body: 'Bonjour%20%' });
  });
});

describe('pages', () => {
  it('have addresses', () => {
    expect(parseRoute('/')).toEqual({ page: 'mail', mailbox: 'inbox', email: null });
    expect(parseRoute('/mail/B7/L12')).toEqual({ page: 'mail', mailbox: 'B7', email: 'L12' });
    expect(parseRoute(searchPath('de:a b', 'L1'))).toEqual({ page: 'search', query: 'de:a b', email: 'L1' });
  });

  it('show only the rows in sight, of any number', () => {
    expect(sight(0, 800, 76, 11)).toEqual({ first: 0, last: 11 });
    const far = sight(7_600_000 - 800, 800, 76, 100_000);
    expect(far.last).toBe(100_000);
    expect(far.last - far.first).toBeLessThan(30);
    const huge = sight(TALLEST - 800, 800, 76, 1_000_000);
    expect(huge.last).toBe(1_000_000);
  });

  it('lay folders under their parents', () => {
    const box = (id: string, name: string, role: string | null, parentId: string | null) =>
      ({ id, name, role, parentId, sortOrder: 0, totalEmails: 0, unreadEmails: 0, totalThreads: 0, unreadThreads: 0, isSubscribed: true }) as never;
    const { first, others } = folderTree([box('3', 'Zoo', null, null), box('2', 'Sent', 'sent', null), box('1', 'Inbox', 'inbox', null), box('4', 'Ane', null, '3')]);
    expect(first.map((row) => row.box.id)).toEqual(['1', '2']);
    expect(others.map((row) => [row.box.id, row.depth])).toEqual([['3', 0], ['4', 1]]);
  });
});

describe('warnings', () => {
  it('know programs by their names', () => {
    expect(dangerOf('facture.pdf.exe')).toBe('program');
    expect(dangerOf('photo\u202egpj.scr')).toBe('program');
    expect(dangerOf('budget.xlsm')).toBe('macros');
    expect(dangerOf('budget.xlsx')).toBeNull();
  });

  it('name the site a link leads to', () => {
    expect(siteOf('https://www.labanquepostale.fr.verif-compte.example/x')).toMatchObject({ site: 'verif-compte.example' });
    expect(siteOf('https://a.b.co.uk/')).toMatchObject({ before: 'a.', site: 'b.co.uk', after: '' });
    expect(siteOf('javascript:alert(1)').site).not.toBe('');
  });
});
