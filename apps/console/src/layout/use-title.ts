import { useEffect } from 'react';
import { useText } from '../texts/use-text.ts';

/** Names the document after the page. */
export function useTitle(title: string): void {
  const name = useText()('app.name');
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
}
