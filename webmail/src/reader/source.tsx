// A letter as it came, octet for octet.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/words';
import type { Id } from '../jmap/shapes';
import { Dialog } from '../ui/parts';

export const source = signal<Id | null>(null);

export function SourceDialog() {
  const id = source.value;
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    setText(null);
    if (!id) return;
    fetch(`/m/${encodeURIComponent(id)}/source.txt`)
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then(setText, () => setText(t('reader.failed')));
  }, [id]);
  if (!id) return null;
  return (
    <Dialog title={t('action.source')} onClose={() => (source.value = null)} wide>
      <pre class="source" tabIndex={0}>
        {text ?? t('loading')}
      </pre>
    </Dialog>
  );
}
