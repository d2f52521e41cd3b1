// A script of rules, as the page writes it, for looking at the page without a server.

/** As `write` of src/rules/sieve.ts, for rules without hand-written text. */
export function write({ rules }) {
  const needs = ['fileinto', 'imap4flags'].filter((each) => rules.some((rule) => rule.on && (each === 'imap4flags' ? rule.actions.some(({ kind }) => kind !== 'move') : rule.actions.some(({ kind }) => kind === 'move'))));
  const test = ({ field, value }) => `header :contains "${field === 'list' ? 'list-id' : field}" "${value}"`;
  const act = (action) => (action.kind === 'label' ? `    addflag "${action.keyword}";` : action.kind === 'read' ? '    addflag "\\\\Seen";' : `    fileinto "${action.mailbox}";`);
  const one = (rule) => {
    const note = `# facteur:rule ${JSON.stringify(rule)}`;
    if (!rule.on) return note;
    const tests = rule.conditions.map(test);
    return `${note}\nif ${tests.length > 1 ? `${rule.all ? 'allof' : 'anyof'} (${tests.join(', ')})` : tests[0]} {\n${[...rule.actions.map(act), ...(rule.stop ? ['    stop;'] : [])].join('\n')}\n}`;
  };
  return ['# facteur:rules begin - made by the rules page, change them there', `require [${needs.map((each) => `"${each}"`).join(', ')}];`, ...rules.map(one), '# facteur:rules end', ''].join('\n');
}
