// One card: shown, and changed.
import './people.css';
import { useState } from 'preact/hooks';
import { navigate, searchPath } from '../app/router';
import { useStore } from '../app/state';
import { say, undoable } from '../app/toasts';
import { t } from '../i18n/words';
import { MethodFault } from '../jmap/client';
import type { GetAnswer, SetAnswer } from '../jmap/shapes';
import type { AddressBook, ContactCard } from '../jmap/types';
import { Avatar, Button, Field, Icon, IconButton } from '../ui/parts';
import { cardName, fieldsOf, patchOf, type Fields } from './cards';

export function CardView({ card, onChange }: { card: ContactCard; onChange: () => void }) {
  const mail = useStore();
  const [editing, setEditing] = useState(false);
  const fields = fieldsOf(card);
  const remove = async () => {
    try {
      await mail.client.call<SetAnswer>('ContactCard/set', { destroy: [card.id] });
      navigate('/people', { replace: true });
      onChange();
      const { id: _, ...kept } = card;
      undoable(t('people.removed', { who: cardName(card) }), t('undo'), () => {
        void mail.client.call<SetAnswer>('ContactCard/set', { create: { card: kept } }).then(onChange, (fault) => mail.fault(fault));
      });
    } catch (fault) {
      mail.fault(fault);
    }
  };
  if (editing) {
    return (
      <CardForm
        card={card}
        onDone={() => {
          setEditing(false);
          onChange();
        }}
      />
    );
  }
  return (
    <article class="card-view">
      <header>
        <Button icon="back" class="only-narrow" onClick={() => navigate('/people')}>
          {t('back')}
        </Button>
        <div class="card-title">
          <Avatar name={cardName(card)} email={fields.emails[0] ?? cardName(card)} size={64} />
          <div>
            <h1 tabIndex={-1}>{cardName(card) || t('noName')}</h1>
            {fields.organization && <p>{fields.organization}</p>}
          </div>
        </div>
        <div class="acts">
          {fields.emails[0] && (
            <Button kind="primary" icon="write" onClick={() => navigate(`/compose?to=${encodeURIComponent(`mailto:${fields.emails[0]}`)}`)}>
              {t('write')}
            </Button>
          )}
          {fields.emails[0] && (
            <Button kind="outline" icon="mail" onClick={() => navigate(searchPath(`de:${fields.emails[0]} OU à:${fields.emails[0]}`))}>
              {t('people.letters')}
            </Button>
          )}
          <Button kind="outline" onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
          <IconButton icon="trash" label={t('people.remove')} onClick={() => void remove()} />
        </div>
      </header>
      <section class="block">
        <dl class="card-facts">
          {fields.emails.map((each) => (
            <Fact key={each} icon="mail" word={t('login.name')} value={each} href={`/compose?to=${encodeURIComponent(`mailto:${each}`)}`} />
          ))}
          {fields.phones.map((each) => (
            <Fact key={each} icon="phone" word={t('people.phone')} value={each} href={`tel:${each.replace(/[^+\d]/g, '')}`} />
          ))}
          {fields.note && <Fact icon="draft" word={t('people.note')} value={fields.note} />}
        </dl>
      </section>
    </article>
  );
}

function Fact({ icon, word, value, href }: { icon: string; word: string; value: string; href?: string }) {
  return (
    <div>
      <dt>
        <Icon name={icon} /> {word}
      </dt>
      <dd>{href ? <a href={href}>{value}</a> : value}</dd>
    </div>
  );
}

export function CardForm({ card, onDone }: { card: ContactCard | null; onDone: (id: string | null) => void }) {
  const mail = useStore();
  const [fields, setFields] = useState<Fields>(() => {
    const known = fieldsOf(card);
    return { ...known, emails: known.emails.length ? known.emails : [''], phones: known.phones.length ? known.phones : [''] };
  });
  const set = (part: Partial<Fields>) => setFields({ ...fields, ...part });
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const tidy = (list: string[]) => list.map((each) => each.trim()).filter(Boolean);
    const patch = patchOf(card, { ...fields, name: fields.name.trim(), emails: tidy(fields.emails), phones: tidy(fields.phones) });
    if (!Object.keys(patch).length) {
      onDone(card?.id ?? null);
      return;
    }
    try {
      if (card) {
        const answer = await mail.client.call<SetAnswer>('ContactCard/set', { update: { [card.id]: patch } });
        const fault = answer.notUpdated?.[card.id];
        if (fault) throw new MethodFault(fault.type, fault.description ?? '');
        say(t('saved'));
        onDone(card.id);
        return;
      }
      const books = await mail.client.call<GetAnswer<AddressBook>>('AddressBook/get', { ids: null });
      const book = books.list.find((each) => each.isDefault) ?? books.list[0];
      const answer = await mail.client.call<SetAnswer<{ id: string }>>('ContactCard/set', { create: { card: { addressBookIds: book ? { [book.id]: true } : {}, ...patch } } });
      const made = answer.created?.card;
      if (!made) throw new MethodFault(answer.notCreated?.card?.type ?? 'serverFail', '');
      say(t('saved'));
      onDone(made.id);
    } catch (fault) {
      mail.fault(fault);
    }
  };
  return (
    <form class="block" onSubmit={(event) => void save(event)}>
      <h1 tabIndex={-1}>{card ? cardName(card) : t('people.newTitle')}</h1>
      <Field label={t('people.name')}>{(id) => <input id={id} class="input" value={fields.name} maxLength={200} required autoFocus onInput={(event) => set({ name: event.currentTarget.value })} />}</Field>
      <Several word={t('login.name')} more={t('people.moreEmail')} type="email" value={fields.emails} onChange={(emails) => set({ emails })} />
      <Several word={t('people.phone')} more={t('people.morePhone')} type="tel" value={fields.phones} onChange={(phones) => set({ phones })} />
      <Field label={t('people.organization')}>{(id) => <input id={id} class="input" value={fields.organization} maxLength={200} onInput={(event) => set({ organization: event.currentTarget.value })} />}</Field>
      <Field label={t('people.note')}>{(id) => <textarea id={id} class="input" rows={4} value={fields.note} maxLength={5000} onInput={(event) => set({ note: event.currentTarget.value })} />}</Field>
      <div class="acts">
        <Button kind="primary" type="submit">
          {t('save')}
        </Button>
        <Button onClick={() => onDone(card?.id ?? null)}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

function Several({ word, more, type, value, onChange }: { word: string; more: string; type: 'email' | 'tel'; value: string[]; onChange: (value: string[]) => void }) {
  return (
    <fieldset class="several">
      <legend>{word}</legend>
      {value.map((each, i) => (
        <div key={i} class="with-button">
          <input class="input" {...({ type } as object)} aria-label={value.length > 1 ? `${word} ${i + 1}` : word} value={each} onInput={(event) => onChange(value.map((other, at) => (at === i ? event.currentTarget.value : other)))} />
          {value.length > 1 && <IconButton icon="close" label={t('compose.dropRecipient', { who: each || word })} onClick={() => onChange(value.filter((_, at) => at !== i))} />}
        </div>
      ))}
      <button type="button" class="link" onClick={() => onChange([...value, ''])}>
        {more}
      </button>
    </fieldset>
  );
}
