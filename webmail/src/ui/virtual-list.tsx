// A list of rows of one height: only those in sight are in the page.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const MARGIN = 6;
/** Past this, browsers round positions: the scroll bar then stands for more than a pixel per pixel. */
export const TALLEST = 12_000_000;

export interface Sight {
  first: number;
  last: number;
}

/** How many pixels of rows one of the scroll bar stands for. */
function scaleOf(full: number, height: number): number {
  return full > TALLEST ? (full - height) / (TALLEST - height) : 1;
}

/** Which rows are in sight. */
export function sight(scrollTop: number, height: number, rowHeight: number, count: number): Sight {
  const full = count * rowHeight;
  const top = Math.min(scrollTop * scaleOf(full, height), Math.max(0, full - height));
  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + MARGIN);
  return { first, last };
}

interface Props {
  count: number;
  rowHeight: number;
  label: string;
  /** Kept in sight. */
  current: number;
  onSight: (sight: Sight) => void;
  row: (index: number) => ComponentChildren;
  activeId?: string;
  multi?: boolean;
  onKeyDown?: (event: KeyboardEvent) => void;
}

export function VirtualList({ count, rowHeight, label, current, onSight, row, activeId, onKeyDown }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<Sight>({ first: 0, last: 20 });
  const full = count * rowHeight;
  const shown = Math.min(full, TALLEST);
  const look = () => {
    const element = box.current;
    if (!element) return;
    const next = sight(element.scrollTop, element.clientHeight || 800, rowHeight, count);
    onSight(next);
    setRange((before) => (before.first === next.first && before.last === next.last ? before : next));
  };
  useLayoutEffect(() => {
    look();
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [count, rowHeight]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || current < 0) return;
    const top = (current * rowHeight) / scaleOf(full, element.clientHeight);
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight - element.clientHeight;
  }, [current]);
  const rows: ComponentChildren[] = [];
  const scroll = box.current?.scrollTop ?? 0;
  const offset = scroll - scroll * scaleOf(full, box.current?.clientHeight ?? 0) + range.first * rowHeight;
  for (let i = range.first; i < Math.min(range.last, count); i++) rows.push(row(i));
  return (
    <div
      class="rows"
      ref={box}
      role="grid"
      aria-label={label}
      aria-rowcount={count}
      aria-activedescendant={activeId}
      tabIndex={0}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div class="rows-all" role="presentation" style={{ height: `${shown}px` }}>
        <div class="rows-seen" role="presentation" style={{ transform: `translateY(${offset}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
