//! paas-sdk
