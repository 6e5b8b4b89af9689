import { Location } from '@angular/common';
import { inject } from '@angular/core';

/** Puts the pair in the address, without a navigation: five hundred decisions must not fill the history. */
export function injectPairInAddress(): (id: string) => void {
  const here = inject(Location);
  return (id) => {
    const url = new URL(location.href);
    url.searchParams.set('paar', id);
    here.replaceState(url.pathname, url.search.slice(1));
  };
}
