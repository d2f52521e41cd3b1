// Where a link leads, before it is followed.
import { t } from '../i18n/words';
import { Icon } from '../ui/parts';
import type { Pointed } from './frame';

/** The name of the site, apart from what stands before and after. */
export function siteOf(url: string): { before: string; site: string; after: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return { before: '', site: url, after: '' };
  }
  if (parsed.protocol === 'mailto:') return { before: '', site: decodeURIComponent(parsed.pathname), after: '' };
  if (!parsed.hostname) return { before: '', site: url, after: '' };
  const labels = parsed.hostname.split('.');
  const two = labels.length > 2 && (labels.at(-2)?.length ?? 0) <= 3 && (labels.at(-1)?.length ?? 0) === 2;
  const kept = two ? 3 : 2;
  const before = labels.slice(0, -kept).join('.');
  const after = parsed.pathname + parsed.search;
  return { before: before ? `${before}.` : '', site: labels.slice(-kept).join('.'), after: after === '/' ? '' : after };
}

export function LinkCard({ link }: { link: Pointed }) {
  const { before, site, after } = siteOf(link.url);
  const left = Math.max(8, Math.min(link.x, innerWidth - 380));
  const below = link.y + 90 < innerHeight;
  return (
    <div class={`link-card ${link.odd ? 'odd' : ''}`} role="status" style={{ left: `${left}px`, top: `${below ? link.y + 6 : link.y - 90}px` }}>
      <span class="where">
        {before}
        <b>{site}</b>
        <small>{after.length > 60 ? `${after.slice(0, 60)}…` : after}</small>
      </span>
      {link.odd && (
        <span class="warn">
          <Icon name="alert" size={14} /> {t('link.odd')}
        </span>
      )}
    </div>
  );
}
