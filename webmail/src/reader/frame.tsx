// A letter's text in a frame of its own: the server cleans it, the browser runs nothing in it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { handleKey } from '../app/keys';
import { isDark, preferences } from '../app/preferences';
import { t } from '../i18n/words';
import type { Id } from '../jmap/shapes';

export interface FrameFacts {
  /** Remote images that were not asked for. */
  held: number;
  /** Whether the letter has colours of its own that were turned for the dark. */
  turned: boolean;
}

export interface Pointed {
  url: string;
  /** The text promises another site. */
  odd: boolean;
  x: number;
  y: number;
}

interface Props {
  id: Id;
  images: boolean;
  original: boolean;
  onFacts: (facts: FrameFacts) => void;
  onPoint: (link: Pointed | null) => void;
}

const SMALLEST = 40;

export function frameAddress(id: Id, options: { images: boolean; dark: boolean; quote?: boolean }): string {
  const flags = new URLSearchParams();
  if (options.images) flags.set('images', '1');
  if (options.dark) flags.set('dark', '1');
  if (options.quote) flags.set('quote', '1');
  const text = flags.toString();
  return `/m/${encodeURIComponent(id)}/body.html${text ? `?${text}` : ''}`;
}

export function Frame({ id, images, original, onFacts, onPoint }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(SMALLEST);
  const [ready, setReady] = useState(false);
  const dark = isDark() && preferences.value.darkLetters && !original;
  const address = frameAddress(id, { images, dark });
  const observer = useRef<ResizeObserver | null>(null);
  useEffect(() => () => observer.current?.disconnect(), []);
  useEffect(() => setReady(false), [address]);
  const loaded = () => {
    const inside = frame.current?.contentDocument;
    if (!inside?.body) return;
    const measure = () => setHeight(Math.max(SMALLEST, Math.ceil(inside.documentElement.getBoundingClientRect().height)));
    observer.current?.disconnect();
    if (typeof ResizeObserver !== 'undefined') {
      observer.current = new ResizeObserver(measure);
      observer.current.observe(inside.documentElement);
    }
    measure();
    setReady(true);
    const fact = (name: string) => inside.querySelector(`meta[name="facteur-${name}"]`)?.getAttribute('content') ?? '0';
    onFacts({ held: Number(fact('held')), turned: fact('turned') === '1' });
    inside.addEventListener('keydown', handleKey);
    const point = (event: Event) => {
      const link = (event.target as Element | null)?.closest?.('a[href]');
      if (!link) {
        onPoint(null);
        return;
      }
      const box = link.getBoundingClientRect();
      const outer = frame.current!.getBoundingClientRect();
      onPoint({
        url: link.getAttribute('href') ?? '',
        odd: link.classList.contains('facteur-odd'),
        x: outer.left + box.left,
        y: outer.top + box.bottom,
      });
    };
    inside.addEventListener('mouseover', point);
    inside.addEventListener('focusin', point);
    inside.addEventListener('mouseleave', () => onPoint(null));
    inside.addEventListener('focusout', () => onPoint(null));
  };
  return (
    <iframe
      ref={frame}
      class={`letter-frame ${ready ? 'ready' : ''}`}
      title={t('reader.body')}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      src={address}
      style={{ height: `${height}px` }}
      onLoad={loaded}
    />
  );
}
