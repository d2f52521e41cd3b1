// Contacts: cards, whom one wrote to, files in and out.
import './people.css';
import { useEffect, useState } from 'preact/hooks';
import { navigate, route } from '../app/router';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { t } from '../i18n/words';
import { MethodFault } from '../jmap/client';
import type { GetAnswer, SetAnswer } from '../jmap/shapes';
import type { ContactCard, Correspondent, PeopleWishes } from '../jmap/types';
import { plain } from '../store/people';
import { Avatar, Button, Icon, Menu, Switch } from '../ui/parts';
import { CardForm, CardView } from './card';
import { cardName, fieldsOf } from './cards';

const SHOWN = 300;
const PAGE = 500;

async function allCards(mail: ReturnType<typeof useStore>): Promise<ContactCard[]> {
  const found: ContactCard[] = [];
  for (;;) {
    const answers = await mail.client.group([
      { name: 'ContactCard/query', args: { position: found.length, limit: PAGE } },
      { name: 'ContactCard/get', args: { '#ids': { resultOf: 'c0', name: 'ContactCard/query', path: '/ids' } } },
    ]);
    const list = (answers[1] as unknown as GetAnswer<ContactCard>).list;
    found.push(...list);
    if (list.length < PAGE) return found;
  }
}

export default function People() {
  const mail = useStore();
  const at = route.value;
  const chosen = at.page === 'people' ? at.person : null;
  const [cards, setCards] = useState<ContactCard[] | null>(null);
  const [typed, setTyped] = useState('');
  const load = () =>
    allCards(mail).then(
      (list) => setCards(list.sort((a, b) => cardName(a).localeCompare(cardName(b)))),
      (fault) => {
        setCards([]);
        if (!(fault instanceof MethodFault && fault.type === 'unknownMethod')) mail.fault(fault);
      },
    );
  useEffect(() => void load(), []);
  const words = (card: ContactCard) => plain([cardName(card), ...fieldsOf(card).emails, fieldsOf(card).organization].join(' '));
  const found = (cards ?? []).filter((each) => words(each).includes(plain(typed.trim())));
  const card = cards?.find((each) => each.id === chosen) ?? null;
  return (
    <div class={`room settings people ${chosen ? 'chosen' : ''}`}>
      <nav class="people-list" aria-label={t('room.people')}>
        <div class="people-head">
          <input class="input" type="search" aria-label={t('people.find')} placeholder={t('people.find')} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          <Button kind="primary" icon="plus" onClick={() => navigate('/people/new')}>
            {t('people.new')}
          </Button>
          <Files onChange={() => void load()} />
        </div>
        {cards === null ? (
          <p class="hint" aria-busy="true">
            {t('loading')}
          </p>
        ) : (
          <ul>
            {found.slice(0, SHOWN).map((each) => (
              <li key={each.id}>
                <a href={`/people/${each.id}`} aria-current={each.id === chosen ? 'page' : undefined}>
                  <Avatar name={cardName(each)} email={fieldsOf(each).emails[0] ?? cardName(each)} size={36} />
                  <span>
                    <strong>{cardName(each) || t('noName')}</strong>
                    <small>{fieldsOf(each).emails[0] ?? fieldsOf(each).phones[0] ?? ''}</small>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )}
        {cards !== null && found.length === 0 && <p class="hint">{typed ? t('people.noneFound') : t('people.none')}</p>}
        {found.length > SHOWN && <p class="hint">{t('admin.more', { n: found.length - SHOWN })}</p>}
        <a class="learned" href="/people/learned" aria-current={chosen === 'learned' ? 'page' : undefined}>
          <Icon name="clock" />
          {t('people.learned')}
        </a>
      </nav>
      <main class="page" id="main">
        <div class="page-inside" key={chosen ?? ''}>
          {chosen === 'learned' ? (
            <Learned />
          ) : chosen === 'new' ? (
            <CardForm card={null} onDone={(id) => void load().then(() => navigate(id ? `/people/${id}` : '/people', { replace: true }))} />
          ) : card ? (
            <CardView card={card} onChange={() => void load()} />
          ) : (
            <div class="empty">
              <Icon name="people" size={40} />
              <h1 tabIndex={-1} class="hidden">
                {t('room.people')}
              </h1>
              <p>{cards && chosen ? t('people.gone') : t('people.choose')}</p>
            </div>
          )}
        </div>
      </main>
    </div>
  );
}

/** Files of cards, in and out. */
function Files({ onChange }: { onChange: () => void }) {
  const mail = useStore();
  const take = async (file: File) => {
    try {
      const blob = await mail.client.upload(new Blob([await file.arrayBuffer()], { type: 'text/vcard' }));
      const answer = await mail.client.call<{ added: string[] | number; changed: string[] | number; refused: unknown[] | number }>('ContactCard/import', { blobId: blob.blobId, addressBookId: null });
      const count = (value: unknown[] | number) => (Array.isArray(value) ? value.length : value);
      say(t('people.imported', { n: count(answer.added) + count(answer.changed) }));
      onChange();
    } catch (fault) {
      if (fault instanceof MethodFault) say(t('people.notImported'), { kind: 'fault' });
      else mail.fault(fault);
    }
  };
  const give = async () => {
    try {
      const answer = await mail.client.call<{ blobId: string; type: string }>('ContactCard/export', { ids: null, addressBookId: null });
      location.assign(mail.client.download(answer.blobId, 'contacts.vcf', answer.type));
    } catch (fault) {
      mail.fault(fault);
    }
  };
  return (
    <>
      <Menu
        icon="more"
        label={t('people.files')}
        items={[
          { icon: 'upload', label: t('people.import'), run: () => document.getElementById('vcard-file')?.click() },
          { icon: 'download', label: t('people.export'), run: () => void give() },
        ]}
      />
      <input
        id="vcard-file"
        class="hidden"
        type="file"
        accept=".vcf,text/vcard"
        tabIndex={-1}
        aria-label={t('people.import')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void take(file);
        }}
      />
    </>
  );
}

/** Whom one wrote to without a card. */
function Learned() {
  const mail = useStore();
  const [known, setKnown] = useState<Correspondent[] | null>(null);
  const [learn, setLearn] = useState(true);
  const load = () =>
    Promise.all([
      mail.client.call<GetAnswer<Correspondent>>('Correspondent/get', { ids: null }),
      mail.client.call<GetAnswer<PeopleWishes>>('PeopleWishes/get', { ids: null }),
    ]).then(
      ([people, wishes]) => {
        setKnown(people.list.sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1)));
        setLearn(wishes.list[0]?.learn ?? true);
      },
      (fault) => mail.fault(fault),
    );
  useEffect(() => void load(), []);
  const change = (work: Promise<unknown>) => void work.then(load, (fault) => mail.fault(fault));
  return (
    <>
      <h1 tabIndex={-1}>{t('people.learned')}</h1>
      <p>{t('people.learnedExplained')}</p>
      <Switch
        label={t('people.learn')}
        checked={learn}
        onChange={(on) => {
          setLearn(on);
          change(mail.client.call<SetAnswer>('PeopleWishes/set', { update: { singleton: { learn: on } } }));
        }}
      />
      {known === null ? (
        <p aria-busy="true">{t('loading')}</p>
      ) : known.length === 0 ? (
        <p>{t('people.learnedNone')}</p>
      ) : (
        <section class="block">
          <ul class="plain-list">
            {known.slice(0, SHOWN).map((each) => (
              <li key={each.id}>
                <Avatar name={each.name} email={each.email} size={36} />
                <span class="grow">
                  <strong>{each.name || each.email}</strong>
                  <small>
                    {each.email} · {t('list.letters', { n: each.letters })}
                  </small>
                </span>
                <Button class="small" onClick={() => change(mail.client.call<SetAnswer>('Correspondent/set', { destroy: [each.id] }))}>
                  {t('people.forget')}
                </Button>
              </li>
            ))}
          </ul>
          <Button kind="outline" onClick={() => confirm(t('people.forgetAllAsk')) && change(mail.client.call<SetAnswer>('Correspondent/set', { destroyAll: true }))}>
            {t('people.forgetAll')}
          </Button>
        </section>
      )}
    </>
  );
}
