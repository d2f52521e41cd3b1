// Looking after the post office.
import type { ComponentType } from 'preact';
import './admin.css';
import { useEffect, useState } from 'preact/hooks';
import { administrator } from '../app/me';
import { route } from '../app/router';
import { useStore } from '../app/state';
import { ask } from '../app/web';
import { language, t, type Key } from '../i18n/words';
import { Icon } from '../ui/parts';
import { Domains } from './domains';
import { Names } from './names';
import { People } from './people';
import { Queue } from './queue';
import { Trace } from './trace';

interface Section {
  name: string;
  title: Key;
  icon: string;
  page: ComponentType;
}

const SECTIONS: Section[] = [
  { name: 'health', title: 'admin.health', icon: 'health', page: Health },
  { name: 'domains', title: 'admin.domains', icon: 'globe', page: Domains },
  { name: 'people', title: 'admin.people', icon: 'people', page: People },
  { name: 'aliases', title: 'admin.aliases', icon: 'link', page: () => <Names kind="alias" /> },
  { name: 'groups', title: 'admin.groups', icon: 'people', page: () => <Names kind="group" /> },
  { name: 'queue', title: 'admin.queue', icon: 'send', page: Queue },
  { name: 'trace', title: 'admin.trace', icon: 'search', page: Trace },
];

export default function Admin() {
  const at = route.value;
  const section = SECTIONS.find((each) => at.page === 'admin' && each.name === at.section) ?? SECTIONS[0]!;
  const Page = section.page;
  if (!administrator.value) {
    return (
      <div class="room settings">
        <main class="page" id="main">
          <div class="page-inside">
            <h1 tabIndex={-1}>{t('room.admin')}</h1>
            <p>{t('admin.notYou')}</p>
          </div>
        </main>
      </div>
    );
  }
  return (
    <div class="room settings">
      <nav class="folders" aria-label={t('room.admin')}>
        {SECTIONS.map((each) => (
          <a key={each.name} href={`/admin/${each.name}`} aria-current={each === section ? 'page' : undefined}>
            <Icon name={each.icon} />
            <span>{t(each.title)}</span>
          </a>
        ))}
      </nav>
      <main class="page" id="main">
        <div class="page-inside" key={section.name}>
          <h1 tabIndex={-1}>{t(section.title)}</h1>
          <Page />
        </div>
      </main>
    </div>
  );
}

interface Checks {
  good: boolean;
  checks: { what: string; good: boolean; state: string }[];
}

function Health() {
  const mail = useStore();
  const [found, setFound] = useState<Checks | null>(null);
  useEffect(() => {
    ask<Checks>(`/web/admin/health?language=${language.value}`).then(setFound, (fault) => mail.fault(fault));
  }, [language.value]);
  if (!found) return <p aria-busy="true">{t('loading')}</p>;
  const wrong = found.checks.filter((each) => !each.good);
  return (
    <>
      <section class={`block verdict ${found.good ? 'good' : 'bad'}`} role="status">
        <Icon name={found.good ? 'check' : 'alert'} size={28} />
        <p class="big">{found.good ? t('admin.allWell') : t('admin.needsYou', { what: wrong.map((each) => each.what).join(', ') })}</p>
      </section>
      <section class="block">
        <ul class="plain-list">
          {found.checks.map((each) => (
            <li key={each.what}>
              <Icon name={each.good ? 'check' : 'alert'} size={20} />
              <span class="grow">
                <strong class="sentence">{each.what}</strong>
                <small>{each.state}</small>
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
