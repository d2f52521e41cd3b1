// Files that came with a letter: what they are, how large, and away to disk.
import { useStore } from '../app/state';
import { fileSize } from '../i18n/dates';
import { t } from '../i18n/words';
import type { BodyPart } from '../jmap/shapes';
import { Icon } from '../ui/parts';

const PROGRAMS = /\.(exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|wsh|hta|lnk|iso|img|vhd|one|chm|jar|ps1|msi|reg|apk|dmg)$/i;
const MACROS = /\.(docm|xlsm|pptm|dotm|xltm|xlam)$/i;
const DISGUISED = /[\u202a-\u202e\u2066-\u2069]|\.(pdf|docx?|xlsx?|jpe?g|png|txt|zip)\s*\.[a-z0-9]{2,4}$/i;

export type Danger = 'program' | 'macros' | null;

/** Whether a file by its name can run what somebody else wrote. */
export function dangerOf(name: string): Danger {
  if (PROGRAMS.test(name) || DISGUISED.test(name)) return 'program';
  return MACROS.test(name) ? 'macros' : null;
}

export function fileName(part: BodyPart): string {
  return part.name?.trim() || (part.type === 'message/rfc822' ? t('file.letter') : t('file.unnamed'));
}

function kindOf(part: BodyPart): string {
  const dot = (part.name ?? '').lastIndexOf('.');
  return dot > 0 ? (part.name ?? '').slice(dot + 1).toUpperCase().slice(0, 5) : (part.type.split('/')[1] ?? '').toUpperCase().slice(0, 5);
}

export function Attachments({ parts }: { parts: BodyPart[] }) {
  const mail = useStore();
  if (!parts.length) return null;
  return (
    <section class="files" aria-label={t('file.count', { n: parts.length })}>
      <h2>
        <Icon name="clip" size={16} /> {t('file.count', { n: parts.length })}
      </h2>
      <ul>
        {parts.map((part, i) => {
          const name = fileName(part);
          const danger = dangerOf(name);
          return (
            <li key={part.partId ?? i} class={`file ${danger ?? ''}`}>
              <span class="kind" aria-hidden="true">
                {danger === 'program' ? <Icon name="spam" /> : kindOf(part)}
              </span>
              <span class="what">
                <strong title={name}>{name}</strong>
                <small>{fileSize(part.size)}</small>
                {danger === 'program' && <small class="danger-text">{t('file.program')}</small>}
                {danger === 'macros' && <small class="warn-text">{t('file.macros')}</small>}
              </span>
              {part.blobId && danger !== 'program' && (
                <a
                  class="button icon-only"
                  href={mail.client.download(part.blobId, name, part.type)}
                  download={name}
                  aria-label={t('file.download', { name })}
                  title={t('file.download', { name })}
                >
                  <Icon name="download" />
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
