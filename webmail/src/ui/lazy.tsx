// A part of the page that is loaded when it is needed.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function lazy<P extends object>(load: () => Promise<{ default: ComponentType<P> }>, meanwhile: 'page' | 'line' | 'nothing' = 'page'): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const [, redraw] = useState(0);
    useEffect(() => {
      if (loaded) return;
      void load().then((part) => {
        loaded = part.default;
        redraw(1);
      });
    }, []);
    const Part = loaded;
    if (Part) return <Part {...props} />;
    if (meanwhile === 'page') return <main class="reader" id="main" aria-busy="true" />;
    return meanwhile === 'line' ? <p aria-busy="true" /> : null;
  };
}
