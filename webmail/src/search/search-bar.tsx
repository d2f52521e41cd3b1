// The search box: what is typed, shown as chips, with suggestions of people and operators.
import { useEffect, useRef, useState } from 'preact/hooks';
import { mailPath, navigate, route, searchPath } from '../app/router';
import { store } from '../app/state';
import { t, type Key } from '../i18n/words';
import { Icon, IconButton } from '../ui/parts';
import { personName } from '../mail/row';
import { shortDate } from '../i18n/dates';
import { show } from '../mail/view';
import { fits, parseSearch } from './grammar';

const RECENT = 'facteur.searches';
const OPERATORS: Key[] = ['op.from', 'op.to', 'op.subject', 'op.unread', 'op.attachment', 'op.before'];

function recent(): string[] {
  try {
    return JSON.parse(localStorage.getItem(RECENT) ?? '[]') as string[];
  } catch {
    return [];
  }
}

function remember(query: string): void {
  try {
    localStorage.setItem(RECENT, JSON.stringify([query, ...recent().filter((each) => each !== query)].slice(0, 6)));
  } catch {
    // Not remembered, then.
  }
}

/** A text field that offers a list of its own. */
const COMBOBOX = { role: 'combobox' } as object;

interface Suggestion {
  key: string;
  icon: string;
  text: string;
  hint?: string;
  run: () => void;
}

export function SearchBar() {
  const at = route.value;
  const asked = at.page === 'search' ? at.query : '';
  const [typed, setTyped] = useState(asked);
  const [open, setOpen] = useState(false);
  const [index, setIndex] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => setTyped(asked), [asked]);
  useEffect(() => {
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);
  const search = (query: string) => {
    const wanted = query.trim();
    setOpen(false);
    setIndex(-1);
    input.current?.blur();
    if (!wanted) {
      navigate(mailPath('inbox'));
      return;
    }
    remember(wanted);
    navigate(searchPath(wanted));
  };
  const suggestions = open ? suggest(typed, search, (text) => {
    setTyped(text);
    input.current?.focus();
  }, () => setOpen(false)) : [];
  return (
    <div class="search" role="search" ref={box}>
      <Icon name="search" />
      <input
        ref={input}
        id="search"
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        {...COMBOBOX}
        aria-expanded={suggestions.length > 0}
        aria-controls="suggestions"
        aria-activedescendant={index >= 0 ? `suggestion-${index}` : undefined}
        aria-label={t('search')}
        placeholder={t('search.placeholder')}
        value={typed}
        onFocus={() => setOpen(true)}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
          setIndex(-1);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setIndex(Math.min(suggestions.length - 1, index + 1));
          else if (event.key === 'ArrowUp') setIndex(Math.max(-1, index - 1));
          else if (event.key === 'Enter') {
            if (index >= 0) suggestions[index]?.run();
            else search(typed);
          } else if (event.key === 'Escape') {
            setOpen(false);
            input.current?.blur();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {typed && <IconButton icon="close" label={t('search.clear')} onClick={() => search('')} />}
      {suggestions.length > 0 && (
        <div class="suggestions" id="suggestions" role="listbox" aria-label={t('search.suggestions')}>
          {suggestions.map((each, i) => (
            <div key={each.key} id={`suggestion-${i}`} role="option" aria-selected={i === index} class="option" onClick={each.run}>
              <Icon name={each.icon} />
              <span>{each.text}</span>
              {each.hint && <small>{each.hint}</small>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** What may be meant: searches of before, people, letters that are known here, operators. */
function suggest(typed: string, search: (query: string) => void, complete: (text: string) => void, close: () => void): Suggestion[] {
  const mail = store.peek();
  const found: Suggestion[] = [];
  const text = typed.trim();
  if (!text) {
    for (const query of recent()) found.push({ key: `r${query}`, icon: 'clock', text: query, run: () => search(query) });
    for (const key of OPERATORS) {
      const [operator = '', hint = ''] = t(key).split(' — ');
      found.push({ key, icon: 'search', text: operator, hint, run: () => complete(operator) });
    }
    return found;
  }
  const last = text.split(/\s+/).at(-1) ?? '';
  const before = text.slice(0, text.length - last.length);
  for (const person of mail?.people.complete(last, 3) ?? []) {
    found.push({
      key: person.email,
      icon: 'people',
      text: person.name || person.email,
      hint: person.email,
      run: () => search(`${before}${t('op.fromWord')}${person.email}`),
    });
  }
  const wanted = parseSearch(text);
  const hits = (mail?.all() ?? []).filter((email) => fits(wanted, email)).sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  for (const email of hits.slice(0, 5)) {
    found.push({
      key: email.id,
      icon: 'mail',
      text: email.subject || t('noSubject'),
      hint: `${personName(email.from?.[0])} · ${shortDate(email.receivedAt)}`,
      run: () => {
        close();
        search(text);
        show(email.id, { replace: true });
      },
    });
  }
  return found;
}

/** The terms of the search on the page, as chips that can be taken off. */
export function Chips() {
  const at = route.value;
  if (at.page !== 'search') return null;
  const { groups } = parseSearch(at.query);
  const terms = groups.flat();
  if (terms.length < 2 && terms.every((term) => term.field === 'text')) return null;
  return (
    <div class="chips search-chips" role="list" aria-label={t('search.terms')}>
      {terms.map((term, i) => (
        <span role="listitem" class="chip" key={i}>
          {term.typed}
          <button
            type="button"
            aria-label={t('search.drop', { term: term.typed })}
            onClick={() => {
              const rest = at.query.replace(term.typed, '').replace(/\s+/g, ' ').trim();
              navigate(rest ? searchPath(rest) : mailPath('inbox'));
            }}
          >
            <Icon name="close" size={14} />
          </button>
        </span>
      ))}
    </div>
  );
}
