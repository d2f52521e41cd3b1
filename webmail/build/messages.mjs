// Compiles the sentences of src/i18n/*.json at build time: no parser runs in the browser.
//
// A sentence is text with {name} for a value and {n, plural, one {…} other {…}} for a choice by
// number, where # is the number. A key that is missing in a language, or that asks for other
// values than its twin, fails the build.
import { readFileSync } from 'node:fs';

export const LANGUAGES = ['fr', 'en'];

/** Thin and plain spaces that do not break, and typographic apostrophes. */
export function typeset(text, language) {
  const apostrophes = text.replace(/(\S)'/g, '$1’');
  if (language !== 'fr') {
    return apostrophes;
  }
  return apostrophes
    .replace(/ ([;!?])/g, '\u202f$1')
    .replace(/ :/g, '\u00a0:')
    .replace(/« /g, '«\u00a0')
    .replace(/ »/g, '\u00a0»')
    .replace(/(\d) (\p{L}|\d|%)/gu, '$1\u00a0$2');
}

/** The pieces of a sentence: strings, {value} and {value, options}. */
export function parse(text) {
  let at = 0;
  function pieces(end) {
    const list = [];
    let plain = '';
    while (at < text.length && text[at] !== end) {
      if (text[at] !== '{') {
        plain += text[at++];
        continue;
      }
      if (plain) list.push(plain);
      plain = '';
      at++;
      const name = upTo(/[,}]/).trim();
      if (text[at++] === '}') {
        list.push({ value: name });
        continue;
      }
      const kind = upTo(/,/).trim();
      at++;
      if (kind !== 'plural') throw new Error(`"${kind}" in: ${text}`);
      const options = {};
      for (;;) {
        while (/\s/.test(text[at] ?? '')) at++;
        if (text[at] === '}') break;
        const word = upTo(/\{/).trim();
        at++;
        options[word] = pieces('}');
        if (text[at++] !== '}') throw new Error(`a brace is missing in: ${text}`);
      }
      at++;
      if (!options.other) throw new Error(`no "other" in: ${text}`);
      list.push({ value: name, options });
    }
    if (plain) list.push(plain);
    return list;
  }
  function upTo(stop) {
    const from = at;
    while (at < text.length && !stop.test(text[at])) at++;
    if (at >= text.length) throw new Error(`a brace is missing in: ${text}`);
    return text.slice(from, at);
  }
  const list = pieces(undefined);
  return list;
}

/** The values a sentence asks for. */
export function values(list) {
  const names = new Set();
  for (const piece of list) {
    if (typeof piece === 'string') continue;
    names.add(piece.value);
    for (const option of Object.values(piece.options ?? {})) {
      for (const name of values(option)) names.add(name);
    }
  }
  return names;
}

function expression(list, number) {
  const parts = list.map((piece) => {
    if (typeof piece === 'string') {
      if (!number || !piece.includes('#')) return JSON.stringify(piece);
      return piece
        .split('#')
        .map((text) => JSON.stringify(text))
        .join(`+f(a.${number})+`);
    }
    if (!piece.options) return `a.${piece.value}`;
    const { other, ...rest } = piece.options;
    let code = expression(other, piece.value);
    for (const [word, option] of Object.entries(rest)) {
      const test = word.startsWith('=') ? `a.${piece.value}==${word.slice(1)}` : `p(a.${piece.value})=='${word}'`;
      code = `${test}?${expression(option, piece.value)}:${code}`;
    }
    return `(${code})`;
  });
  return parts.length ? parts.join('+') : '""';
}

/** A module with all sentences of a language. */
export function compile(sentences, language) {
  const lines = Object.entries(sentences).map(([key, text]) => {
    const list = parse(typeset(text, language));
    const plain = list.every((piece) => typeof piece === 'string');
    const code = plain ? JSON.stringify(list.join('')) : `(a,p,f)=>${expression(list)}`;
    return `${JSON.stringify(key)}:${code}`;
  });
  return `export default {${lines.join(',\n')}}`;
}

/** What is wrong between the languages. */
export function differences(all) {
  const faults = [];
  const keys = new Set(LANGUAGES.flatMap((language) => Object.keys(all[language])));
  for (const key of keys) {
    const wanted = LANGUAGES.map((language) => {
      const text = all[language][key];
      if (text === undefined) {
        faults.push(`${key} is missing in ${language}.json`);
        return '';
      }
      return [...values(parse(text))].sort().join();
    });
    if (new Set(wanted).size > 1 && !wanted.includes('')) faults.push(`${key} asks for other values in each language`);
  }
  return faults;
}

export function readSentences(root) {
  return Object.fromEntries(
    LANGUAGES.map((language) => [language, JSON.parse(readFileSync(`${root}/src/i18n/${language}.json`, 'utf8'))]),
  );
}

/** The Vite plugin: `virtual:sentences/fr`. */
export function messages(root) {
  const prefix = 'virtual:sentences/';
  return {
    name: 'sentences',
    buildStart() {
      const faults = differences(readSentences(root));
      if (faults.length) throw new Error(`sentences:\n  ${faults.join('\n  ')}`);
    },
    resolveId(id) {
      return id.startsWith(prefix) ? `\0${id}` : null;
    },
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const language = id.slice(prefix.length + 1);
      return compile(readSentences(root)[language], language);
    },
  };
}
