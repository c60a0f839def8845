import { useState } from 'react';

/** Whether something is open. */
export function useOpen(): { isOpen: boolean; open(): void; close(): void } {
  const [isOpen, setOpen] = useState(false);
  return { isOpen, open: () => setOpen(true), close: () => setOpen(false) };
}
