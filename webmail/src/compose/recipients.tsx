// A field of addresses as chips, completed from whom one writes with.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { t } from '../i18n/words';
import { PEOPLE } from '../jmap/client';
import type { Address } from '../jmap/shapes';
import { Icon } from '../ui/parts';
import { isAddress, parseAddresses } from './quote';

/** The parts of a text field that offers a list of its own. */
const COMBOBOX = { role: 'combobox' } as object;

const WAIT_MS = 120;
const MOST = 6;

type Suggested = { name: string; email: string };

/** Whom the server means: contacts and those written to from anywhere; empty until it has answered. */
function useSuggestions(typed: string): Suggested[] {
  const mail = useStore();
  const [found, setFound] = useState<{ typed: string; list: Suggested[] }>({ typed: '', list: [] });
  useEffect(() => {
    if (!typed || !mail.client.can(PEOPLE)) return;
    let here = true;
    const timer = setTimeout(() => {
      mail.client.call<{ list: Suggested[] }>('Person/suggest', { text: typed, limit: MOST }).then(
        ({ list }) => here && setFound({ typed, list }),
        () => {},
      );
    }, WAIT_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [typed]);
  return typed && typed.startsWith(found.typed) ? found.list : [];
}

/** The server's first, then those only this browser knows. */
function merge(told: Suggested[], known: Suggested[]): Suggested[] {
  const seen = new Set(told.map((each) => each.email.toLowerCase()));
  return [...told, ...known.filter((each) => !seen.has(each.email.toLowerCase()))].slice(0, MOST);
}

interface Props {
  label: string;
  value: Address[];
  onChange: (value: Address[]) => void;
  autoFocus?: boolean;
  children?: preact.ComponentChildren;
}

export function Recipients({ label, value, onChange, autoFocus, children }: Props) {
  const mail = useStore();
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const told = useSuggestions(typed.trim());
  const offered = typed.trim() ? merge(told, mail.people.complete(typed)) : [];
  const found = offered.filter((each) => !value.some((known) => known.email === each.email));
  const add = (list: Address[]) => {
    const known = new Set(value.map((each) => each.email.toLowerCase()));
    onChange([...value, ...list.filter((each) => !known.has(each.email.toLowerCase()))]);
    setTyped('');
    setIndex(0);
  };
  const settle = () => {
    const { good, rest } = parseAddresses(typed);
    if (good.length) add(good);
    setTyped(rest);
  };
  return (
    <div class="recipients" onClick={(event) => event.target === event.currentTarget && input.current?.focus()}>
      <label for={id}>{label}</label>
      <div class="chips">
        {value.map((each) => (
          <span class={`chip ${isAddress(each.email) ? '' : 'bad'}`} key={each.email} title={each.email}>
            {each.name ? `${each.name} · ${each.email.split('@')[1] ?? ''}` : each.email}
            <button
              type="button"
              aria-label={t('compose.dropRecipient', { who: each.name ?? each.email })}
              onClick={() => onChange(value.filter((other) => other !== each))}
            >
              <Icon name="close" size={14} />
            </button>
          </span>
        ))}
        <span class="entry">
          <input
            id={id}
            ref={input}
            type="email"
            multiple
            {...COMBOBOX}
            aria-autocomplete="list"
            aria-expanded={found.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={found.length ? `${id}-${index}` : undefined}
            autocomplete="off"
            spellcheck={false}
            autoFocus={autoFocus}
            value={typed}
            onInput={(event) => {
              const text = event.currentTarget.value;
              setTyped(text);
              setIndex(0);
              if (/[,;]\s*$/.test(text)) {
                const { good, rest } = parseAddresses(text);
                if (good.length) {
                  add(good);
                  setTyped(rest);
                }
              }
            }}
            onBlur={() => setTimeout(settle, 150)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' && found.length) setIndex((index + 1) % found.length);
              else if (event.key === 'ArrowUp' && found.length) setIndex((index + found.length - 1) % found.length);
              else if ((event.key === 'Enter' || event.key === 'Tab') && typed.trim()) {
                const person = found[index];
                if (person) add([{ name: person.name || null, email: person.email }]);
                else settle();
                if (event.key === 'Tab' && !person) return;
              } else if (event.key === 'Backspace' && !typed && value.length) onChange(value.slice(0, -1));
              else if (event.key === 'Escape' && typed) setTyped('');
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          />
          {found.length > 0 && (
            <div class="suggestions" role="listbox" id={`${id}-list`} aria-label={label}>
              {found.map((each, i) => (
                <div
                  key={each.email}
                  id={`${id}-${i}`}
                  role="option"
                  aria-selected={i === index}
                  class="option"
                  onPointerDown={(event) => {
                    event.preventDefault();
                    add([{ name: each.name || null, email: each.email }]);
                    input.current?.focus();
                  }}
                >
                  <span>{each.name || each.email}</span>
                  {each.name && <small>{each.email}</small>}
                </div>
              ))}
            </div>
          )}
        </span>
      </div>
      {children}
    </div>
  );
}
