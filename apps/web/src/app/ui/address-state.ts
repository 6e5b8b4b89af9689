import { inject } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';

export type AddressValues = Readonly<Record<string, string | undefined>>;

/** Writes filters into the address of the present page; an empty one leaves it. */
export function injectAddressState(): (values: AddressValues) => Promise<boolean> {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  return (values) => {
    const queryParams = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value || null]),
    );
    return router.navigate([], {
      relativeTo: route,
      queryParams,
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  };
}
