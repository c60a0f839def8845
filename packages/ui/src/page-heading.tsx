import { type ReactNode, useContext, useEffect, useRef } from 'react';
import { NavigationContext } from './navigation.ts';

type Props = {
  /** Becomes the document's title, before the name of the shop. */
  title: string;
  /** What the heading shows, if it differs from the title. */
  children?: ReactNode;
};

/** The one `h1` of a page. Sets the document's title, and takes the focus after a navigation within the app. */
export function PageHeading({ title, children = title }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { hasNavigated } = useContext(NavigationContext);
  useEffect(() => {
    document.title = `${title} · Florin`;
  }, [title]);
  useEffect(() => {
    if (hasNavigated) heading.current?.focus({ preventScroll: true });
  }, [hasNavigated]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
