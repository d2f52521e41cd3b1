// Rules as people make them, and the script they become (RFC 5228). What somebody wrote by hand
// stands beside them and stays as it is, letter for letter.

export interface Condition {
  field: 'from' | 'to' | 'subject' | 'list' | 'body' | 'size';
  not: boolean;
  /** For a size, megabytes. */
  value: string;
}

export type Action =
  | { kind: 'move'; mailbox: string; id: string }
  | { kind: 'label'; keyword: string }
  | { kind: 'star' }
  | { kind: 'read' }
  | { kind: 'forward'; address: string };

export interface Rule {
  name: string;
  on: boolean;
  /** Whether all conditions are wanted, or one is enough. */
  all: boolean;
  conditions: Condition[];
  actions: Action[];
  /** Whether the rules below are left alone. */
  stop: boolean;
}

/** A script, taken apart. */
export interface Script {
  /** Comments and `require` at the top. */
  head: string;
  rules: Rule[];
  /** Everything after the rules. */
  rest: string;
}

export const BEGIN = '# facteur:rules begin - made by the rules page, change them there';
export const END = '# facteur:rules end';
const RULE = '# facteur:rule ';

export function quoted(text: string): string {
  return `"${text.replace(/[\r\n\0]+/g, ' ').replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

function test(condition: Condition): string {
  const value = quoted(condition.value);
  const made =
    condition.field === 'size' ? `size :over ${Math.max(1, Math.round((Number(condition.value) || 0) * 1024))}K`
    : condition.field === 'body' ? `body :text :contains ${value}`
    : condition.field === 'to' ? `header :contains ["to", "cc"] ${value}`
    : condition.field === 'list' ? `header :contains "list-id" ${value}`
    : `header :contains "${condition.field}" ${value}`;
  return condition.not ? `not ${made}` : made;
}

function act(action: Action, byId: boolean): string {
  switch (action.kind) {
    case 'move':
      return byId && action.id ? `fileinto :mailboxid ${quoted(action.id)} ${quoted(action.mailbox)};` : `fileinto ${quoted(action.mailbox)};`;
    case 'label':
      return `addflag ${quoted(action.keyword)};`;
    case 'star':
      return 'addflag "\\\\Flagged";';
    case 'read':
      return 'addflag "\\\\Seen";';
    case 'forward':
      return `redirect :copy ${quoted(action.address)};`;
  }
}

/** Marks before moves: a copy takes the marks that are set when it is made (RFC 5232 §5). */
const ORDER = { label: 0, star: 0, read: 0, forward: 1, move: 2 } as const;

function written(rule: Rule, byId: boolean): string {
  const note = `${RULE}${JSON.stringify(rule)}`;
  if (!rule.on) return note;
  const tests = rule.conditions.map(test);
  const condition = tests.length === 0 ? 'true' : tests.length === 1 ? tests[0]! : `${rule.all ? 'allof' : 'anyof'} (${tests.join(', ')})`;
  const actions = [...rule.actions].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]).map((each) => `    ${act(each, byId)}`);
  if (rule.stop) actions.push('    stop;');
  return `${note}\nif ${condition} {\n${actions.join('\n')}\n}`;
}

function needs(rules: Rule[], byId: boolean): string[] {
  const wanted = new Set<string>();
  for (const rule of rules.filter((each) => each.on)) {
    if (rule.conditions.some((each) => each.field === 'body')) wanted.add('body');
    for (const { kind } of rule.actions) {
      if (kind === 'move') {
        wanted.add('fileinto');
        if (byId) wanted.add('mailboxid');
      } else if (kind === 'forward') wanted.add('copy');
      else wanted.add('imap4flags');
    }
  }
  return [...wanted].sort();
}

function block(rules: Rule[], byId: boolean): string {
  if (!rules.length) return '';
  const wanted = needs(rules, byId);
  const lines = [BEGIN, ...(wanted.length ? [`require [${wanted.map(quoted).join(', ')}];`] : []), ...rules.map((each) => written(each, byId)), END];
  return `${lines.join('\n')}\n`;
}

/** Puts a script together. */
export function write(script: Script, byId = false): string {
  return script.head + block(script.rules, byId) + script.rest;
}

/** Where the comments and `require` commands at the top end. */
export function headEnd(text: string): number {
  let end = 0;
  for (let at = 0; ; ) {
    const blank = /^(?:\s+|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)/.exec(text.slice(at));
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const demand = /^require\s*(?:"(?:[^"\\]|\\.)*"|\[(?:\s|,|"(?:[^"\\]|\\.)*")*\])\s*;[ \t]*(?:\r?\n)?/i.exec(text.slice(at));
    if (!demand) return end;
    at += demand[0].length;
    end = at;
  }
}

/** Takes a script apart. Rules that somebody changed by hand are text like any other. */
export function read(text: string): Script {
  const begin = text.indexOf(BEGIN);
  const end = begin < 0 ? -1 : text.indexOf(`\n${END}\n`, begin);
  if (begin >= 0 && end >= 0 && (begin === 0 || text[begin - 1] === '\n')) {
    const after = end + END.length + 2;
    const rules = rulesIn(text.slice(begin, after));
    if (rules) return { head: text.slice(0, begin), rules, rest: text.slice(after) };
  }
  const at = headEnd(text);
  const head = text.slice(0, at);
  return { head: head && !head.endsWith('\n') ? `${head}\n` : head, rules: [], rest: text.slice(at) };
}

/** The rules of a block; null where it is not what they make. */
function rulesIn(text: string): Rule[] | null {
  try {
    const rules = text
      .split('\n')
      .filter((line) => line.startsWith(RULE))
      .map((line) => JSON.parse(line.slice(RULE.length)) as Rule);
    return block(rules, false) === text || block(rules, true) === text ? rules : null;
  } catch {
    return null;
  }
}

/** Whether a script holds anything besides rules. */
export function handWritten(script: Script): boolean {
  return `${script.head}${script.rest}`.trim() !== '';
}
