// Draws again only when a property changed; signals that are read inside draw by themselves.
import { Component, h, type ComponentType, type FunctionComponent } from 'preact';

export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const before = this.props as Record<string, unknown>;
      const after = next as Record<string, unknown>;
      return Object.keys(after).some((key) => before[key] !== after[key]);
    }
    override render() {
      return h(inner, this.props as P & { children?: never });
    }
  }
  return Memo as ComponentType<P>;
}
