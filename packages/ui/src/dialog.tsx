import { type ReactNode, useEffect, useId, useRef } from 'react';
import css from './ui.module.css';

type Props = {
  title: ReactNode;
  isOpen: boolean;
  /** Called by Escape and by what the dialog offers. */
  onClose(): void;
  children: ReactNode;
};

/** A modal dialog. The browser keeps the focus inside, and returns it when the dialog closes. */
export function Dialog({ title, isOpen, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null || element.open === isOpen) return;
    if (isOpen) element.showModal();
    else element.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} aria-labelledby={id} className={css['dialog']} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {isOpen && children}
    </dialog>
  );
}
