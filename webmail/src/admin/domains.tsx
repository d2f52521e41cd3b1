// Domains, and what each publishes.
import { useState } from 'preact/hooks';
import { t } from '../i18n/words';
import { Button, Field, Icon } from '../ui/parts';
import { DnsRecords } from './dns';
import { perform, useDoing, useVerb, type DomainRow } from './verbs';

export function Domains() {
  const [domains, load] = useVerb<DomainRow[]>('domain/list');
  const [shown, setShown] = useState<string | null>(null);
  const doing = useDoing();
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const domain = String(new FormData(form).get('domain') ?? '').trim();
    if (await doing(() => perform('domain/add', { domain }), t('admin.domainAdded', { domain }))) {
      form.reset();
      setShown(domain);
      await load();
    }
  };
  const remove = async (domain: string) => {
    if (!confirm(t('admin.domainRemoveAsk', { domain }))) return;
    if (await doing(() => perform('domain/remove', { domain }), t('admin.removed', { what: domain }))) await load();
  };
  return (
    <>
      {domains === null ? (
        <p aria-busy="true">{t('loading')}</p>
      ) : (
        domains.map((each) => (
          <section class="block" key={each.domain}>
            <div class="acts">
              <Icon name="globe" size={20} />
              <h2>{each.domain}</h2>
              {each.aliasOf && <small>{t('admin.aliasOf', { domain: each.aliasOf })}</small>}
              <span class="grow" />
              <Button class="small" kind="outline" aria-expanded={shown === each.domain} onClick={() => setShown(shown === each.domain ? null : each.domain)}>
                {t('admin.records')}
              </Button>
              <Button class="small" onClick={() => void remove(each.domain)}>
                {t('admin.remove')}
              </Button>
            </div>
            {shown === each.domain && <DnsRecords domain={each.domain} />}
          </section>
        ))
      )}
      <form class="block inline-form" onSubmit={(event) => void add(event)}>
        <Field label={t('admin.newDomain')}>{(id) => <input id={id} class="input" name="domain" required spellcheck={false} autoCapitalize="off" placeholder={t('setup.domainExample')} />}</Field>
        <Button kind="primary" icon="plus" type="submit">
          {t('admin.add')}
        </Button>
      </form>
    </>
  );
}
