import { describe, expect, it } from 'vitest';
import { cardName, fieldsOf, patchOf } from '../src/people/cards';
import { BEGIN, END, headEnd, read, write, type Rule } from '../src/rules/sieve';
import { keywordFor } from '../src/store/keepsakes';

const rule = (more: Partial<Rule> = {}): Rule => ({
  name: 'Factures',
  on: true,
  all: true,
  conditions: [{ field: 'subject', not: false, value: 'facture "2026" \\ fin' }],
  actions: [{ kind: 'move', mailbox: 'Maison/Factures', id: 'B9' }, { kind: 'read' }],
  stop: true,
  ...more,
});
const HAND = '# à moi\nrequire ["fileinto", "vacation"];\n\nif header :contains "x" "y" { discard; }\n';

describe('rules', () => {
  it('come back as they were written', () => {
    const rules = [rule(), rule({ name: 'Off', on: false }), rule({ name: 'Or', all: false, conditions: [{ field: 'from', not: true, value: 'é' }, { field: 'size', not: false, value: '1.5' }], actions: [{ kind: 'forward', address: 'a@b.example' }, { kind: 'label', keyword: 'x' }] })];
    for (const byId of [false, true]) {
      const text = write({ head: '', rules, rest: '' }, byId);
      expect(read(text).rules).toEqual(rules);
      expect(write(read(text), byId)).toBe(text);
    }
  });

  it('stand behind require and before what was written by hand, which stays letter for letter', () => {
    const before = read(HAND);
    expect(before.rules).toEqual([]);
    expect(write(before)).toBe(HAND);
    const text = write({ ...before, rules: [rule()] });
    expect(text.startsWith('# à moi\nrequire ["fileinto", "vacation"];\n' + BEGIN)).toBe(true);
    expect(text.endsWith(END + '\n\nif header :contains "x" "y" { discard; }\n')).toBe(true);
    const again = read(text);
    expect(write({ ...again, rules: [] })).toBe(HAND);
  });

  it('that somebody changed by hand are text', () => {
    const text = write({ head: '', rules: [rule()], rest: '' }).replace('Seen', 'Flagged');
    const found = read(text);
    expect(found.rules).toEqual([]);
    expect(write(found)).toBe(text);
  });

  it('cannot leave their strings', () => {
    const text = write({ head: '', rules: [rule()], rest: '' });
    expect(text).toContain('"facture \\"2026\\" \\\\ fin"');
    expect(write({ head: '', rules: [rule({ name: 'a\n}\ndiscard;' })], rest: '' })).not.toMatch(/^discard/m);
  });

  it('know where require ends', () => {
    expect(headEnd('if true { stop; }')).toBe(0);
    expect(headEnd('/* x */ require "a";\nrequire ["b","c"] ;\nkeep;')).toBe('/* x */ require "a";\nrequire ["b","c"] ;\n'.length);
    expect(headEnd('# only a comment\n')).toBe(0);
  });
});

describe('cards', () => {
  const card = { id: 'C1', uid: 'u', addressBookIds: { K1: true as const }, name: { full: 'Zoé Petit' }, emails: { a: { address: 'zoe@example.net', pref: 1 } }, phones: { t: { number: '+33 1' } } };
  it('change what was changed and nothing else', () => {
    const fields = fieldsOf(card);
    expect(patchOf(card, fields)).toEqual({});
    expect(patchOf(card, { ...fields, emails: ['zoe@example.net', 'z@example.net'] })).toEqual({ emails: { a: { address: 'zoe@example.net', pref: 1 }, e1: { address: 'z@example.net' } } });
    expect(patchOf(card, { ...fields, phones: [] })).toEqual({ phones: null });
    expect(patchOf(null, { ...fields, phones: [], note: '' })).toEqual({ name: { full: 'Zoé Petit' }, emails: { e1: { address: 'zoe@example.net' } } });
    expect(cardName(card)).toBe('Zoé Petit');
  });
});

describe('keywords of labels', () => {
  it('are what every program takes, and not taken', () => {
    expect(keywordFor('Impôts & factures', new Set())).toBe('impots-factures');
    expect(keywordFor('日本', new Set())).toBe('label');
    expect(keywordFor('Maison', new Set(['maison', 'maison-2']))).toBe('maison-3');
  });
});
