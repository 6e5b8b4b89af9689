/** Properties of crm/Accounts: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const ACCOUNT_FIELDS = `
  ID:guid:w Accountant:guid:w AccountManager:guid:w AccountManagerFullName:str AccountManagerHID:i32
  ActivitySector:guid:w ActivitySubSector:guid:w AddressLine1:str:w AddressLine2:str:w AddressLine3:str:w
  AddressSource:byte AutomaticProcessProposedEntry:byte:w BankAccounts:coll Blocked:bool:w BRIN:guid
  BSN:str:w BusinessType:guid:w CanDropShip:bool:w ChamberOfCommerce:str:w City:str:w Classification:str
  Classification1:guid:w Classification2:guid:w Classification3:guid:w Classification4:guid:w
  Classification5:guid:w Classification6:guid:w Classification7:guid:w Classification8:guid:w
  ClassificationDescription:str Code:str:w CodeAtSupplier:str:w CompanySize:guid:w
  ConsolidationScenario:byte:w ControlledDate:date:w Costcenter:str CostcenterDescription:str
  CostPaid:byte Country:str:w CountryName:str Created:date Creator:guid CreatorFullName:str
  CreditLinePurchase:dbl:w CreditLineSales:dbl:w Currency:str CustomerSince:date CustomField:str
  DatevCreditorCode:str:w DatevDebtorCode:str:w DeliveryAdvice:byte:w DiscountPurchase:dbl:w
  DiscountSales:dbl:w Division:i32 Document:guid DunsNumber:str Email:str:w EnableSalesPaymentLink:bool:w
  EndDate:date:w EORINumber:str:w EstablishedDate:date:w Fax:str:w GLAccountPurchase:guid:w
  GLAccountSales:guid:w GLAP:guid:w GLAR:guid:w GlnNumber:str:w HasWithholdingTaxSales:bool:w
  IgnoreDatevWarningMessage:bool:w IncotermAddressPurchase:str:w IncotermAddressSales:str:w
  IncotermCodePurchase:str:w IncotermCodeSales:str:w IncotermVersionPurchase:i16:w
  IncotermVersionSales:i16:w IntraStatArea:str:w IntraStatDeliveryTerm:str:w IntraStatSystem:str:w
  IntraStatTransactionA:str:w IntraStatTransactionB:str:w IntraStatTransportMethod:str:w
  InvoiceAccount:guid:w InvoiceAccountCode:str InvoiceAccountName:str InvoiceAttachmentType:i32:w
  InvoicingMethod:i32:w IsAccountant:byte:w IsAgency:byte:w IsAnonymised:byte IsBank:bool
  IsCompetitor:byte:w IsExtraDuty:bool:w IsMailing:byte:w IsMember:bool IsPilot:bool:w IsPurchase:bool
  IsReseller:bool:w IsSales:bool IsSupplier:bool:w Language:str:w LanguageDescription:str Latitude:dbl:w
  LeadPurpose:guid:w LeadSource:guid:w Logo:bin:w LogoFileName:str:w LogoThumbnailUrl:str LogoUrl:str
  Longitude:dbl:w MainContact:guid:w Modified:date Modifier:guid ModifierFullName:str Name:str:w*
  OINNumber:str:w Parent:guid:w PayAsYouEarn:str:w PaymentConditionPurchase:str:w
  PaymentConditionPurchaseDescription:str PaymentConditionSales:str:w PaymentConditionSalesDescription:str
  PeppolIdentifier:str:w PeppolIdentifierType:i32:w Phone:str:w PhoneExtension:str:w Postcode:str:w
  PriceList:guid:w PurchaseCurrency:str:w PurchaseCurrencyDescription:str PurchaseLeadDays:i32:w
  PurchaseVATCode:str:w PurchaseVATCodeDescription:str RecepientOfCommissions:bool:w Remarks:str:w
  Reseller:guid:w ResellerCode:str ResellerName:str RSIN:str:w SalesCurrency:str:w
  SalesCurrencyDescription:str SalesTaxSchedule:guid:w SalesTaxScheduleCode:str
  SalesTaxScheduleDescription:str SalesVATCode:str:w SalesVATCodeDescription:str SearchCode:str:w
  SecurityLevel:i32:w SeparateInvPerProject:byte:w SeparateInvPerSubscription:byte:w
  ShippingLeadDays:i32:w ShippingMethod:guid:w ShowRemarkForSales:bool:w Source:byte StartDate:date:w
  State:str:w StateName:str Status:str:w StatusSince:date TradeName:str:w Type:str
  UniqueTaxpayerReference:str:w VATLiability:str:w VATNumber:str:w Website:str:w
`;

/** Properties of crm/Contacts: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const CONTACT_FIELDS = `
  ID:guid:w Account:guid:w* AccountIsCustomer:bool AccountIsSupplier:bool AccountMainContact:guid
  AccountName:str AddressLine2:str AddressStreet:str AddressStreetNumber:str AddressStreetNumberSuffix:str
  AllowMailing:i32 BirthDate:date:w BirthName:str:w BirthNamePrefix:str:w BirthPlace:str:w
  BusinessEmail:str:w BusinessFax:str:w BusinessMobile:str:w BusinessPhone:str:w
  BusinessPhoneExtension:str:w City:str Code:str Country:str Created:date Creator:guid CreatorFullName:str
  CustomField:str Division:i32 Email:str:w EndDate:date:w FirstName:str:w* FullName:str Gender:str:w
  HID:i32:w IdentificationDate:date:w IdentificationDocument:guid:w IdentificationUser:guid:w
  Initials:str:w IsAnonymised:byte IsMailingExcluded:bool:w IsMainContact:bool JobTitleDescription:str:w
  Language:str:w LastName:str:w* LeadPurpose:guid:w LeadSource:guid:w MarketingNotes:str:w
  MiddleName:str:w Mobile:str:w Modified:date Modifier:guid ModifierFullName:str Nationality:str:w
  Notes:str:w PartnerName:str PartnerNamePrefix:str Person:guid:w Phone:str:w PhoneExtension:str
  Picture:bin:w PictureName:str:w PictureThumbnailUrl:str PictureUrl:str Postcode:str
  SocialSecurityNumber:str:w StartDate:date:w State:str Title:str:w TitleAbbreviation:str
  TitleDescription:str
`;
