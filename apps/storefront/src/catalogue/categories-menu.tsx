import { Button } from '@florin/ui';
import { useId, useRef } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import type { CategoryNode } from './category-index.ts';
import css from './menu.module.css';
import { useCategories } from './use-categories.ts';

/** The header's menu of categories: a native popover, which Escape and a click outside close. */
export function CategoriesMenu() {
  const intl = useIntl();
  const { data } = useCategories();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const close = () => menu.current?.hidePopover();
  const title = intl.formatMessage({ id: 'shell.categories' });
  return (
    <>
      <button type="button" popoverTarget={id} aria-haspopup="dialog" className={css['opener']}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 7h16M4 12h16M4 17h16" />
        </svg>
        <span className={css['openerText']}>{title}</span>
      </button>
      <div ref={menu} id={id} popover="auto" role="dialog" aria-label={title} className={css['menu']}>
        <div className={css['head']}>
          <strong>{title}</strong>
          <Button variant="quiet" onClick={close}>
            {intl.formatMessage({ id: 'shell.closeMenu' })}
          </Button>
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the links in it, which the keyboard reaches */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
        <div onClick={close}>
          <ul>
            <li>
              <Link to="/search">{intl.formatMessage({ id: 'shell.allProducts' })}</Link>
            </li>
            {(data?.top ?? []).map((node) => (
              <Branch key={node.id} node={node} />
            ))}
          </ul>
        </div>
      </div>
    </>
  );
}

/** A category and its direct subcategories. Those below are on its page. */
function Branch({ node: { name, path, children } }: { node: CategoryNode }) {
  return (
    <li>
      <Link to={path}>
        <bdi>{name}</bdi>
      </Link>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <li key={child.id}>
              <Link to={child.path}>
                <bdi>{child.name}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
