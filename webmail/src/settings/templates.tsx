// Answers written once and used often.
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../app/state';
import { say } from '../app/toasts';
import { t } from '../i18n/words';
import type { Template } from '../store/keepsakes';
import { Button, Field } from '../ui/parts';

export function Templates() {
  const mail = useStore();
  const [open, setOpen] = useState<string | null>(null);
  const templates = mail.kept.templates.value;
  useEffect(() => void mail.kept.loadTemplates(), []);
  const save = async (event: SubmitEvent, known: Template | null) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? '');
    // What was formatted and is changed here is a plain text from then on.
    const textBody = text('text');
    const object = { name: text('name').trim(), subject: text('subject').trim(), textBody, htmlBody: known && known.textBody === textBody ? known.htmlBody : '' };
    try {
      await mail.kept.set('Template', known ? { update: { [known.id]: object } } : { create: { template: object } });
      setOpen(null);
      say(t('saved'));
    } catch (fault) {
      mail.fault(fault);
    }
  };
  const remove = (template: Template) => {
    if (!confirm(t('template.removeAsk', { name: template.name }))) return;
    mail.kept.set('Template', { destroy: [template.id] }).then(
      () => say(t('admin.removed', { what: template.name })),
      (fault) => mail.fault(fault),
    );
  };
  if (templates === null) return <p aria-busy="true">{t('loading')}</p>;
  return (
    <>
      <p>{t('template.explained')}</p>
      {templates.map((each) =>
        open === each.id ? (
          <TemplateForm key={each.id} template={each} onSubmit={(event) => void save(event, each)} onCancel={() => setOpen(null)} />
        ) : (
          <section class="block" key={each.id}>
            <div class="acts">
              <h2>{each.name}</h2>
              <span class="grow" />
              <Button class="small" kind="outline" onClick={() => setOpen(each.id)}>
                {t('edit')}
              </Button>
              <Button class="small" onClick={() => remove(each)}>
                {t('admin.remove')}
              </Button>
            </div>
            {each.subject && <p>{each.subject}</p>}
            <p class="excerpt">{each.textBody}</p>
          </section>
        ),
      )}
      {open === 'new' ? (
        <TemplateForm template={null} onSubmit={(event) => void save(event, null)} onCancel={() => setOpen(null)} />
      ) : (
        <Button kind="primary" icon="plus" class="start" onClick={() => setOpen('new')}>
          {t('template.new')}
        </Button>
      )}
    </>
  );
}

function TemplateForm({ template, onSubmit, onCancel }: { template: Template | null; onSubmit: (event: SubmitEvent) => void; onCancel: () => void }) {
  return (
    <form class="block" onSubmit={onSubmit}>
      <Field label={t('template.name')}>{(id) => <input id={id} class="input" name="name" required maxLength={100} defaultValue={template?.name ?? ''} />}</Field>
      <Field label={t('subject')}>{(id) => <input id={id} class="input" name="subject" maxLength={900} defaultValue={template?.subject ?? ''} />}</Field>
      <Field label={t('template.text')}>{(id) => <textarea id={id} class="input" name="text" rows={8} required maxLength={12000} defaultValue={template?.textBody ?? ''} />}</Field>
      <div class="acts">
        <Button kind="primary" type="submit">
          {t('save')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
