// A part of the page that is loaded when it is needed.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function lazy<P extends object>(load: () => Promise<{ default: ComponentType<P> }>, meanwhile = true): ComponentType<P> {
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
    return Part ? <Part {...props} /> : meanwhile ? <main class="reader" id="main" aria-busy="true" /> : null;
  };
}
