/** Properties of current/Me: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const ME_FIELDS = `
  UserID:guid AccountingDivision:i32 CurrentDivision:i32 CustomerCode:str DivisionCustomer:guid
  DivisionCustomerCode:str DivisionCustomerName:str DivisionCustomerSiretNumber:str
  DivisionCustomerVatNumber:str DossierDivision:i32 Email:str EmployeeID:guid FirstName:str FullName:str
  Gender:str Initials:str IsClientUser:bool IsEmployeeSelfServiceUser:bool IsMyFirmLiteUser:bool
  IsMyFirmPortalUser:bool IsOEIMigrationMandatory:bool IsStarterUser:bool Language:str LanguageCode:str
  LastName:str Legislation:i64 MiddleName:str Mobile:str Nationality:str PackageCode:str Phone:str
  PhoneExtension:str PictureUrl:str ServerTime:str ServerUtcOffset:dbl ThumbnailPicture:bin
  ThumbnailPictureFormat:str Title:str UserName:str
`;

/** Properties of system/Divisions: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const DIVISION_FIELDS = `
  Code:i32 AddressLine1:str AddressLine2:str AddressLine3:str ArchiveDate:date BlockingStatus:i32
  BusinessTypeCode:str BusinessTypeDescription:str ChamberOfCommerceEstablishment:str
  ChamberOfCommerceNumber:str City:str Class_01:coll Class_02:coll Class_03:coll Class_04:coll
  Class_05:coll CompanySizeCode:str CompanySizeDescription:str Country:str Created:date Creator:guid
  CreatorFullName:str Currency:str Current:bool Customer:guid CustomerCode:str CustomerName:str
  DatevAccountantNumber:str DatevClientNumber:str Description:str DivisionHRLinkUnlinkDate:date
  DivisionMoveDate:date Email:str Fax:str Hid:i64 IsDossierDivision:bool IsHRDivision:bool
  IsMainDivision:bool IsPracticeDivision:bool Legislation:str Modified:date Modifier:guid
  ModifierFullName:str OBNumber:str Phone:str Postcode:str SbiCode:str SbiDescription:str SectorCode:str
  SectorDescription:str ShareCapital:dbl SiretNumber:str StartDate:date State:str Status:i32
  SubsectorCode:str SubsectorDescription:str TaxOfficeNumber:str TaxReferenceNumber:str TemplateCode:str
  VATNumber:str Website:str
`;

/** Properties of sync/Deleted: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const DELETED_FIELDS = `
  Timestamp:i64 DeletedBy:guid DeletedDate:date Division:i32 EntityKey:guid EntityType:i32 ID:guid
`;

/** Properties of webhooks/WebhookSubscriptions: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const WEBHOOK_SUBSCRIPTION_FIELDS = `
  ID:guid:w CallbackURL:str:w* ClientID:guid Created:date Creator:guid CreatorFullName:str Description:str
  Division:i32 Topic:str:w* UserID:guid:w
`;
